import { notFound } from '../../domain/errors.ts';
import { type ChangeDetails, userEvent } from '../../domain/events.ts';
import { loadUser } from '../../store/load.ts';
import { append, type CommandContext } from '../context.ts';
import { requireSelfOr } from '../permission.ts';
import { ownerOf } from './check-password.ts';

/**
 * Notes that somebody wants no second factor for now; the policy says for how long that holds.
 *
 * @throws DomainError COMMAND-auj6jeBei4 for an unknown user.
 */
export function skipSecondFactorSetUp(
  context: CommandContext,
  { userId }: { readonly userId: string },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const user = await loadUser(db, userId);
    if (!user) throw notFound('COMMAND-auj6jeBei4', 'Errors.User.NotFound');
    await requireSelfOr(context, db, 'user.write', ownerOf(user));
    return append(context, db, userEvent(ownerOf(user), 'user.human.mfa.init.skipped', {}));
  });
}
