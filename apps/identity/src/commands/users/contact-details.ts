import { notFound } from '../../domain/errors.ts';
import { type ChangeDetails, userEvent } from '../../domain/events.ts';
import { loadUser } from '../../store/load.ts';
import { append, type CommandContext } from '../context.ts';
import { requireSelfOr } from '../permission.ts';
import { ownerOf } from './check-password.ts';

/**
 * Takes a person's phone number away, and with it the codes sent to it (zitadel.md 2.3).
 *
 * @throws DomainError COMMAND-ieJ2e without a number, also for an unknown person.
 */
export function removePhone(
  context: CommandContext,
  input: { readonly userId: string; readonly resourceOwner?: string },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const user = await loadUser(db, input.userId);
    if (user?.kind !== 'human' || (input.resourceOwner && user.organisation_id !== input.resourceOwner)) {
      throw notFound('COMMAND-ieJ2e', 'Errors.User.Phone.NotFound');
    }
    await requireSelfOr(context, db, 'user.write', ownerOf(user));
    if (!user.phone) throw notFound('COMMAND-ieJ2e', 'Errors.User.Phone.NotFound');
    return append(context, db, userEvent(ownerOf(user), 'user.human.phone.removed', {}));
  });
}
