import { randomUUID } from 'node:crypto';
import type { Profile } from '@latchkey/contract/session';
import type { SessionRow } from '../store/tables.ts';
import type { SessionParts } from './session-parts.ts';
import { type OpenSession, type SessionContent, sealSession } from './session-record.ts';

// Longer than what is done under it: the token request and, for the signature of its ID token, the request of ZITADEL's
// keys, ten seconds each at most. After it a crashed holder no longer stands in the way.
const leaseLength = 30_000;

/** @returns the lease's name for whoever may refresh this token set now; undefined when somebody else does. */
export async function takeLease({ store, clock }: SessionParts, row: SessionRow): Promise<string | undefined> {
  const lease = randomUUID();
  const now = clock();
  const { numUpdatedRows } = await store
    .updateTable('sessions')
    .set({ lease, lease_until: now + leaseLength })
    .where('id_hash', '=', row.id_hash)
    .where('version', '=', row.version)
    .where('ended', 'is', null)
    .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<', now)]))
    .executeTakeFirst();
  return numUpdatedRows === 1n ? lease : undefined;
}

export async function releaseLease({ store }: SessionParts, row: SessionRow, lease: string): Promise<void> {
  await store
    .updateTable('sessions')
    .set({ lease: null, lease_until: null })
    .where('id_hash', '=', row.id_hash)
    .where('lease', '=', lease)
    .execute();
}

/**
 * Puts the new tokens in, alone: never as part of a row that somebody read earlier, or an old token would come back.
 * Also when the lease has run out meanwhile: as long as nobody else has stored any, these are the newest there are.
 *
 * @returns the session as it now is; undefined when others were stored before, or the session has ended or is gone.
 */
export async function storeRefreshed(
  { store, sessionVault }: SessionParts,
  row: SessionRow,
  content: SessionContent,
  secret: string,
): Promise<OpenSession | undefined> {
  const version = row.version + 1;
  const updated = await store
    .updateTable('sessions')
    .set({
      version,
      lease: null,
      lease_until: null,
      ...sealSession(sessionVault, content, secret, row.id_hash, version),
    })
    .where('id_hash', '=', row.id_hash)
    .where('version', '=', row.version)
    .where('ended', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return updated && { row: updated, content, secret };
}

/** Puts a newer profile in beside the same tokens, unless newer tokens are there by now. */
export async function storeProfile(
  { store, sessionVault }: SessionParts,
  session: OpenSession,
  profile: Profile,
): Promise<OpenSession> {
  const { row, secret } = session;
  const content = { ...session.content, profile };
  await store
    .updateTable('sessions')
    .set(sealSession(sessionVault, content, secret, row.id_hash, row.version))
    .where('id_hash', '=', row.id_hash)
    .where('version', '=', row.version)
    .execute();
  return { ...session, content };
}
