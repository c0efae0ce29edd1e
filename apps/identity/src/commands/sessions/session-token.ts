import { randomBytes } from 'node:crypto';
import type { Vault } from '../../store/vault.ts';

const PURPOSE = 'session token';

/**
 * A session's token: its id and 32 random bytes, under our mark. ZITADEL tells a token whose session ended from one that
 * never was a session's, and only the mark can tell them apart once the session is gone.
 */
export function newSessionToken(vault: Vault, sessionId: string): string {
  const body = `${sessionId}.${randomBytes(32).toString('base64url')}`;
  return `${body}.${vault.mac(body, PURPOSE)}`;
}

/** The session that a token was made for, alive or not; nothing for every other token. */
export function readSessionToken(vault: Vault, token: string): string | undefined {
  const [sessionId, random, mark, more] = token.split('.');
  if (!sessionId || !random || !mark || more !== undefined) return undefined;
  return vault.mac(`${sessionId}.${random}`, PURPOSE) === mark ? sessionId : undefined;
}
