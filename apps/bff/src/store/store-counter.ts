import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Store } from './open-store.ts';

/**
 * Counts hits in the database, for all processes and over restarts. Keys are kept hashed: they may be addresses.
 *
 * @param clock epoch milliseconds.
 */
export function createStoreCounter(store: Store, clock: () => number) {
  return {
    /** @param window milliseconds. @param by how many hits at once. */
    async hit(key: string, window: number, by = 1): Promise<{ readonly count: number; readonly endsAt: number }> {
      const now = clock();
      const running = sql<boolean>`rate_counts.ends_at > ${now}`;
      const row = await store
        .insertInto('rate_counts')
        .values({ key_hash: hashKey(key), count: by, ends_at: now + window })
        .onConflict((conflict) =>
          conflict.column('key_hash').doUpdateSet({
            count: sql<number>`case when ${running} then rate_counts.count + excluded.count else excluded.count end`,
            ends_at: sql<number>`case when ${running} then rate_counts.ends_at else excluded.ends_at end`,
          }),
        )
        .returning(['count', 'ends_at'])
        .executeTakeFirstOrThrow();
      return { count: Number(row.count), endsAt: Number(row.ends_at) };
    },

    /** The hits of the running window. */
    async read(key: string): Promise<number> {
      const row = await store
        .selectFrom('rate_counts')
        .select('count')
        .where('key_hash', '=', hashKey(key))
        .where('ends_at', '>', clock())
        .executeTakeFirst();
      return Number(row?.count ?? 0);
    },

    /** Takes hits back. @param endsAt of the window they were counted in: another one is left alone. */
    async giveBack(key: string, by: number, endsAt: number): Promise<void> {
      await store
        .updateTable('rate_counts')
        .set({ count: sql<number>`count - ${by}` })
        .where('key_hash', '=', hashKey(key))
        .where('ends_at', '=', endsAt)
        .execute();
    },

    /** The next hit begins a new window. @param endsAt of the one to end: another one is left alone. */
    async restart(key: string, endsAt?: number): Promise<void> {
      let window = store.deleteFrom('rate_counts').where('key_hash', '=', hashKey(key));
      if (endsAt !== undefined) window = window.where('ends_at', '=', endsAt);
      await window.execute();
    },
  };
}

function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
