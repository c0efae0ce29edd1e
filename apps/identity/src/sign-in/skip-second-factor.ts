import { append, loginContext } from '../commands/context.ts';
import { ownerOf } from '../commands/users/check-password.ts';
import { userEvent } from '../domain/events.ts';
import type { Store } from '../store/open-store.ts';
import type { UserTable } from '../store/tables.ts';

/** Notes that somebody wants no second factor for now; the policy says for how long that holds. */
export async function skipSecondFactor(store: Store, user: UserTable): Promise<void> {
  const context = loginContext(store);
  await store.change((db) => append(context, db, userEvent(ownerOf(user), 'user.human.mfa.init.skipped', {})));
}
