import { notFound } from '../../domain/errors.ts';
import { type ChangeDetails, userEvent } from '../../domain/events.ts';
import { checkStateChange, type StateChange, UNKNOWN_USER_ID } from '../../domain/user.ts';
import { loadUser } from '../../store/load.ts';
import { append, type CommandContext } from '../context.ts';
import { requirePermission } from '../permission.ts';

const EVENT = {
  lock: 'user.locked',
  unlock: 'user.unlocked',
  deactivate: 'user.deactivated',
  reactivate: 'user.reactivated',
} as const;

/**
 * Locks, unlocks, deactivates or reactivates a user. The state is looked at before the right, and oneself needs the right
 * as well (zitadel.md 3.2).
 *
 * @throws DomainError as domain/user.ts says.
 */
export function changeUserState(
  context: CommandContext,
  input: { readonly userId: string; readonly change: StateChange; readonly resourceOwner?: string },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const user = await loadUser(db, input.userId);
    if (!user || (input.resourceOwner && user.organisation_id !== input.resourceOwner)) {
      throw notFound(UNKNOWN_USER_ID[input.change], 'Errors.User.NotFound');
    }
    checkStateChange(input.change, user.state);
    await requirePermission(context, db, 'user.write', user.organisation_id);
    return append(
      context,
      db,
      userEvent({ id: user.id, organisationId: user.organisation_id }, EVENT[input.change], {}),
    );
  });
}
