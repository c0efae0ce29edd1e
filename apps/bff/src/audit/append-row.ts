import type { Store } from '../store/open-store.ts';
import { chainRow, genesis, type UnchainedRow } from './chain.ts';

/** How often another process may be faster at the same number before we give up. */
const maximumAttempts = 50;

/** The last append of this process to each store: one waits for the other, so that only processes race. */
const turns = new WeakMap<Store, Promise<void>>();

/**
 * Adds a row at the end of the chain. Processes that append at once take turns: the number is the primary key, and who
 * comes second reads the end of the chain again.
 *
 * @throws Error when the database does.
 */
export function appendRow(store: Store, row: UnchainedRow): Promise<void> {
  const before = turns.get(store) ?? Promise.resolve();
  const turn = before.then(() => appendNow(store, row));
  turns.set(
    store,
    turn.catch(() => {}),
  );
  return turn;
}

async function appendNow(store: Store, row: UnchainedRow): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await store.transaction().execute(async (transaction) => {
        const last = await transaction
          .selectFrom('audit')
          .select(['seq', 'hash'])
          .orderBy('seq', 'desc')
          .limit(1)
          .executeTakeFirst();
        await transaction
          .insertInto('audit')
          .values(chainRow(row, last ?? genesis))
          .execute();
      });
      return;
    } catch (error) {
      if (!isTaken(error) || attempt >= maximumAttempts) throw error;
    }
  }
}

/** A violated primary key: 23505 in PostgreSQL, SQLITE_CONSTRAINT… in SQLite. */
export function isTaken(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' && (code === '23505' || code.startsWith('SQLITE_CONSTRAINT'));
}
