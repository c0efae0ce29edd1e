/**
 * A choice about how the page looks, kept in a cookie that script may read: it says nothing about anybody, and unlike
 * browser storage it outlives signing out, which clears the storage of the whole site.
 */
type PreferenceName = 'theme' | 'language' | 'density';

const year = 31_536_000;

/** The choice, as it was kept; null when there is none. */
export function readPreference(name: PreferenceName): string | null {
  const prefix = `latchkey-${name}=`;
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(prefix));
  return found === undefined ? null : decodeURIComponent(found.slice(prefix.length));
}

/** Keeps a choice for a year; null goes back to what the browser says. */
export function writePreference(name: PreferenceName, value: string | null): void {
  const life = value === null ? 0 : year;
  const pair = `latchkey-${name}=${encodeURIComponent(value ?? '')}`;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that runs this page
  document.cookie = `${pair}; Path=/; Max-Age=${life}; SameSite=Strict`;
}
