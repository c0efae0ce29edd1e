import type { WebhookPositionRow } from '../store/notice-tables.ts';
import type { Store } from '../store/open-store.ts';

/** Longer than one try: until then no other process takes the place of one that died. */
export const leaseMs = 15_000;

/** There is one receiver, so there is one row. */
const id = 1;

/** Up to which row the receiver has been told. Before the first it is 0. */
export async function readPosition(store: Store): Promise<WebhookPositionRow> {
  const found = await store.selectFrom('webhook_position').selectAll().where('id', '=', id).executeTakeFirst();
  return found ?? { id, seq: 0, attempts: 0, next_attempt_at: 0, lease: null, lease_until: null };
}

/**
 * Takes the lease, or keeps it: one process tells, so that the order holds.
 *
 * @param holder names this process.
 * @returns undefined while another one has it, or when it is too soon after a failure.
 */
export async function takePosition(store: Store, holder: string, now: number): Promise<WebhookPositionRow | undefined> {
  await store
    .insertInto('webhook_position')
    .values({ id, seq: 0, attempts: 0, next_attempt_at: 0, lease: null, lease_until: null })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  return await store
    .updateTable('webhook_position')
    .set({ lease: holder, lease_until: now + leaseMs })
    .where('id', '=', id)
    .where('next_attempt_at', '<=', now)
    .where((where) =>
      where.or([where('lease', 'is', null), where('lease', '=', holder), where('lease_until', '<=', now)]),
    )
    .returningAll()
    .executeTakeFirst();
}

/**
 * Writes down that a row was taken by the receiver.
 *
 * @returns whether the lease is still held: else the next row is another process's to tell.
 */
export async function advancePosition(store: Store, holder: string, seq: number, now: number): Promise<boolean> {
  return await change(store, holder, { seq, attempts: 0, next_attempt_at: 0, lease_until: now + leaseMs });
}

export async function postponePosition(store: Store, holder: string, attempts: number, nextAt: number): Promise<void> {
  await change(store, holder, { attempts, next_attempt_at: nextAt, lease: null, lease_until: null });
}

export async function releasePosition(store: Store, holder: string): Promise<void> {
  await change(store, holder, { lease: null, lease_until: null });
}

async function change(store: Store, holder: string, to: Partial<WebhookPositionRow>): Promise<boolean> {
  const { numUpdatedRows } = await store
    .updateTable('webhook_position')
    .set(to)
    .where('id', '=', id)
    .where('lease', '=', holder)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
