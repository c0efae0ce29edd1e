import type { Clock } from '../clock.ts';
import type { Store } from '../store/open-store.ts';

/** "This was not me", pressed by somebody whose account nobody has unlocked on purpose since. */
export interface OpenDispute {
  readonly resetId: string;
  /** RFC 3339 in UTC. */
  readonly at: string;
  readonly locked: boolean;
}

/** The newest open dispute of a person, whichever case it was about. */
export async function findOpenDispute(store: Store, userId: string): Promise<OpenDispute | null> {
  const row = await store
    .selectFrom('notices')
    .select(['reset_id', 'disputed_at', 'dispute_state'])
    .where('user_id', '=', userId)
    .where('disputed_at', 'is not', null)
    .where('dispute_lifted_at', 'is', null)
    .orderBy('disputed_at', 'desc')
    .executeTakeFirst();
  if (!row) return null;
  const { reset_id: resetId, disputed_at, dispute_state } = row;
  return { resetId, at: new Date(disputed_at ?? 0).toISOString(), locked: dispute_state === 'locked' };
}

/**
 * Ends what somebody's account was held by: they have been unlocked on purpose, by who had seen it.
 *
 * @param at of the newest dispute that was seen; a later one stays.
 */
export async function liftDisputes(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  userId: string,
  at: string,
): Promise<void> {
  await store
    .updateTable('notices')
    .set({ dispute_lifted_at: clock(), dispute_next_at: null })
    .where('user_id', '=', userId)
    .where('disputed_at', '<=', Date.parse(at))
    .where('dispute_lifted_at', 'is', null)
    .execute();
}
