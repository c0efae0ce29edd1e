import type { CodeChannel } from '@latchkey/contract/reset';

/**
 * An address as the agent may see it while the caller is not known yet: enough for the caller to say "yes, that one",
 * not enough to read it out to them. `ada@example.com` is `a•••@example.com`; of a number the last two digits stay.
 */
export function maskAddress(channel: CodeChannel, address: string): string {
  if (channel === 'otpSms') return `••• ${address.replace(/\D/g, '').slice(-2)}`;
  const at = address.lastIndexOf('@');
  const [first = ''] = address;
  return `${at > 1 ? first : ''}•••${address.slice(Math.max(at, 0))}`;
}
