import { randomUUID } from 'node:crypto';
import type { SessionRow } from '../store/tables.ts';
import type { SessionParts } from './session-parts.ts';
import { type OpenSession, type SessionContent, sealSession } from './session-record.ts';

// Longer than the token request may take; after it a crashed holder no longer stands in the way.
const leaseLength = 15_000;

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
 *
 * @returns the session as it now is; undefined when the lease was lost or the session is gone.
 */
export async function storeRefreshed(
  { store, sessionVault }: SessionParts,
  row: SessionRow,
  content: SessionContent,
  secret: string,
  lease: string,
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
    .where('lease', '=', lease)
    .returningAll()
    .executeTakeFirst();
  return updated && { row: updated, content, secret };
}
