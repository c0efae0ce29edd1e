import { failedPrecondition, notFound } from '../../domain/errors.ts';
import { type ChangeDetails, userEvent } from '../../domain/events.ts';
import { loadUser } from '../../store/load.ts';
import { append, type CommandContext } from '../context.ts';
import { requireSelfOr } from '../permission.ts';
import { ownerOf } from './check-password.ts';

/**
 * Takes a person's phone number away, and with it the codes sent to it (zitadel.md 2.3).
 *
 * @param input.resourceOwner given: v1's command, which has error ids of its own.
 * @throws DomainError COMMAND-ieJ2e without a number, also for an unknown person; v1: COMMAND-p6rsc, COMMAND-3M9fs.
 */
export function removePhone(
  context: CommandContext,
  input: { readonly userId: string; readonly resourceOwner?: string },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const isV1 = input.resourceOwner !== undefined;
    const user = await loadUser(db, input.userId);
    if (user?.kind !== 'human' || (isV1 && user.organisation_id !== input.resourceOwner)) {
      throw isV1
        ? failedPrecondition('COMMAND-3M9fs', 'Errors.User.NotFound')
        : notFound('COMMAND-ieJ2e', 'Errors.User.Phone.NotFound');
    }
    await requireSelfOr(context, db, 'user.write', ownerOf(user));
    if (!user.phone) throw notFound(isV1 ? 'COMMAND-p6rsc' : 'COMMAND-ieJ2e', 'Errors.User.Phone.NotFound');
    return append(context, db, userEvent(ownerOf(user), 'user.human.phone.removed', {}));
  });
}
