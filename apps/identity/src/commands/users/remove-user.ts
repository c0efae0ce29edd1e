import { notFound } from '../../domain/errors.ts';
import { type ChangeDetails, userEvent } from '../../domain/events.ts';
import { loadUser } from '../../store/load.ts';
import { append, type CommandContext } from '../context.ts';
import { requireSelfOr } from '../permission.ts';
import { ownerOf } from './check-password.ts';

/**
 * Removes a user. People may remove themselves without any right.
 *
 * @throws DomainError COMMAND-bd4ir1mblj (v1: COMMAND-m9od) for an unknown user, also one who was removed before.
 */
export function removeUser(
  context: CommandContext,
  input: { readonly userId: string; readonly resourceOwner?: string },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const user = await loadUser(db, input.userId);
    if (!user || (input.resourceOwner && user.organisation_id !== input.resourceOwner)) {
      throw notFound(input.resourceOwner ? 'COMMAND-m9od' : 'COMMAND-bd4ir1mblj', 'Errors.User.NotFound');
    }
    await requireSelfOr(context, db, 'user.delete', ownerOf(user));
    return append(context, db, userEvent(ownerOf(user), 'user.removed', {}));
  });
}
