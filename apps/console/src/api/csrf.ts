/**
 * The session's CSRF handle, kept in memory only. `session/` learns it, `bff-client` sends it with every change: a page
 * of another site can neither read it nor send the header (ASVS 3.5.1).
 */
let handle: string | null = null;

/** Remembers the handle of the session that answered last; null when there is none. */
export function rememberCsrf(value: string | null): void {
  handle = value;
}

/** The handle to send, if a session is known. */
export function currentCsrf(): string | null {
  return handle;
}
