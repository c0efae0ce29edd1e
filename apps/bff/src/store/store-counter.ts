import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Store } from './open-store.ts';

/**
 * Counts hits in the database, for all processes and over restarts.
 *
 * @param clock epoch milliseconds.
 */
export function createStoreCounter(store: Store, clock: () => number) {
  return {
    /** @param key is kept hashed: it may be an address. @param window milliseconds. */
    async hit(key: string, window: number): Promise<{ readonly count: number; readonly endsAt: number }> {
      const now = clock();
      const keyHash = createHash('sha256').update(key).digest('base64url');
      const running = sql<boolean>`rate_counts.ends_at > ${now}`;
      const row = await store
        .insertInto('rate_counts')
        .values({ key_hash: keyHash, count: 1, ends_at: now + window })
        .onConflict((conflict) =>
          conflict.column('key_hash').doUpdateSet({
            count: sql<number>`case when ${running} then rate_counts.count + 1 else 1 end`,
            ends_at: sql<number>`case when ${running} then rate_counts.ends_at else excluded.ends_at end`,
          }),
        )
        .returning(['count', 'ends_at'])
        .executeTakeFirstOrThrow();
      return { count: Number(row.count), endsAt: Number(row.ends_at) };
    },
  };
}
