import type { Profile } from '@latchkey/contract/session';
import type { SessionRow } from '../store/tables.ts';
import type { SessionCookie } from './cookies.ts';
import type { SignedIn } from './provider/signed-in.ts';
import type { SessionParts } from './session-parts.ts';
import { type OpenSession, openSession, sealSession } from './session-record.ts';
import { hash, randomSecret } from './vault/secrets.ts';

// Written at most this often: a page that loads ten things must not write ten times.
const touchInterval = 30_000;

/** A sign-in that becomes a session; `intent` says what it was for, if for one thing only. */
export interface NewSession {
  readonly signedIn: SignedIn;
  readonly profile: Profile;
  readonly intent: string | null;
}

/**
 * Makes a session and ends the oldest of the same person beyond the allowed number.
 *
 * @returns the cookie that opens it; only its first half, hashed, is kept.
 */
export async function createSession(
  parts: SessionParts,
  { signedIn, profile, intent }: NewSession,
  browser: string | undefined,
): Promise<SessionCookie> {
  const { store, config, clock, sessionVault } = parts;
  const cookie = { id: randomSecret(), secret: randomSecret() };
  const idHash = hash(cookie.id);
  const now = clock();
  const content = { tokens: signedIn.tokens, profile };
  await store
    .insertInto('sessions')
    .values({
      id_hash: idHash,
      sid: signedIn.sid,
      subject: signedIn.subject,
      created_at: now,
      last_seen_at: now,
      idle_seconds: config.sessions.idle,
      absolute_end: now + config.sessions.absolute * 1000,
      auth_time: signedIn.authTime,
      amr: signedIn.amr.join(' '),
      version: 1,
      lease: null,
      lease_until: null,
      intent,
      browser: browser?.slice(0, 200).replace(/\p{C}/gu, ' ') ?? null,
      ended: null,
      ...sealSession(sessionVault, content, cookie.secret, idHash, 1),
    })
    .execute();
  await endOldestSessions(parts, signedIn.subject);
  return cookie;
}

/** @returns the session of this cookie, over or not; undefined when there is none or its secret is wrong. */
export async function findSession(parts: SessionParts, cookie: SessionCookie): Promise<OpenSession | undefined> {
  const row = await readSession(parts, hash(cookie.id));
  return row && openSession(parts.sessionVault, row, cookie.secret);
}

export async function readSession({ store }: SessionParts, idHash: string): Promise<SessionRow | undefined> {
  return store.selectFrom('sessions').selectAll().where('id_hash', '=', idHash).executeTakeFirst();
}

/** Puts the idle end off, as a person's own act does. */
export async function touchSession({ store, clock }: SessionParts, row: SessionRow): Promise<SessionRow> {
  const now = clock();
  if (now - row.last_seen_at < touchInterval) return row;
  await store
    .updateTable('sessions')
    .set({ last_seen_at: now })
    .where('id_hash', '=', row.id_hash)
    .where('last_seen_at', '<', now)
    .execute();
  return { ...row, last_seen_at: now };
}

/**
 * Ends sessions without their cookies. Their tokens cannot be opened here, so the rows stay until their time is up: if
 * a cookie comes by before, its refresh token is revoked then.
 *
 * @returns how many.
 */
export async function endSessions(
  { store }: SessionParts,
  which: { readonly idHashes: readonly string[] } | { readonly sid: string } | { readonly subject: string },
): Promise<number> {
  const update = store.updateTable('sessions').set({ ended: 'ended' }).where('ended', 'is', null);
  if ('idHashes' in which && which.idHashes.length === 0) return 0;
  const narrowed =
    'idHashes' in which
      ? update.where('id_hash', 'in', which.idHashes)
      : 'sid' in which
        ? update.where('sid', '=', which.sid)
        : update.where('subject', '=', which.subject);
  const { numUpdatedRows } = await narrowed.executeTakeFirst();
  return Number(numUpdatedRows);
}

/** The sessions of one person that are not over, newest first. */
export async function listSessions({ store, clock }: SessionParts, subject: string): Promise<SessionRow[]> {
  const now = clock();
  const rows = await store
    .selectFrom('sessions')
    .selectAll()
    .where('subject', '=', subject)
    .where('ended', 'is', null)
    .where('absolute_end', '>', now)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.filter((row) => row.last_seen_at + row.idle_seconds * 1000 > now);
}

async function endOldestSessions(parts: SessionParts, subject: string): Promise<void> {
  const surplus = (await listSessions(parts, subject)).slice(parts.config.sessions.maximum);
  await endSessions(parts, { idHashes: surplus.map((row) => row.id_hash) });
}
