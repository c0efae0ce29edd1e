/**
 * What protoc-gen-validate finds wrong with an email address, in its words; undefined when nothing. Its parser is Go's net/mail, of which
 * this knows the plain form and `Name <address>`.
 */
export function emailFault(text: string): string | undefined {
  if (text.trim() === '') return 'mail: no address';
  const address = /^[^<>]*<([^<>]+)>\s*$/.exec(text)?.[1] ?? text.trim();
  const at = address.lastIndexOf('@');
  if (at < 0) return "mail: missing '@' or angle-addr";
  const local = address.slice(0, at);
  if (!/^("[^"]*"|[^\s@<>()[\]\\,;:"]+)$/u.test(local)) return 'mail: no angle-addr';
  if (/\s/.test(address.slice(at + 1))) return 'mail: expected single address, got extra text';
  if (Buffer.byteLength(address) > 254) return 'email addresses cannot exceed 254 characters';
  if (Buffer.byteLength(local) > 64) return 'email address local phrase cannot exceed 64 characters';
  return hostnameFault(address.slice(at + 1));
}

function hostnameFault(host: string): string | undefined {
  if (host.length > 253) return 'hostname cannot exceed 253 characters';
  for (const part of host.toLowerCase().replace(/\.$/, '').split('.')) {
    if (part === '' || part.length > 63) return 'hostname part must be non-empty and cannot exceed 63 characters';
    if (part.startsWith('-')) return 'hostname parts cannot begin with hyphens';
    if (part.endsWith('-')) return 'hostname parts cannot end with hyphens';
    const bad = /[^a-z0-9-]/u.exec(part)?.[0];
    if (bad) return `hostname parts can only contain alphanumeric characters or hyphens, got ${JSON.stringify(bad)}`;
  }
  return undefined;
}
