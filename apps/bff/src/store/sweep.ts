import type { Store } from './open-store.ts';

/**
 * Deletes what has expired.
 *
 * @param now epoch milliseconds.
 */
export async function sweepStore(store: Store, now: number): Promise<void> {
  await store.deleteFrom('transactions').where('expires_at', '<=', now).execute();
  await store.deleteFrom('handles').where('expires_at', '<=', now).execute();
  await store.deleteFrom('sessions').where('absolute_end', '<=', now).execute();
  await store.deleteFrom('sign_outs').where('expires_at', '<=', now).execute();
  await store.deleteFrom('rate_counts').where('ends_at', '<=', now).execute();
  await store.deleteFrom('idempotency').where('expires_at', '<=', now).execute();
  await store.deleteFrom('logout_tokens').where('expires_at', '<=', now).execute();
}
