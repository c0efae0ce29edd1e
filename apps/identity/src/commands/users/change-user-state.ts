import { type ChangeDetails, userEvent } from '../../domain/events.ts';
import { checkStateChange, type StateChange, unknownUser } from '../../domain/user.ts';
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
 * @param input.resourceOwner given: v1's command, which has error ids of its own.
 * @throws DomainError as domain/user.ts says.
 */
export function changeUserState(
  context: CommandContext,
  input: { readonly userId: string; readonly change: StateChange; readonly resourceOwner?: string },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const version = input.resourceOwner ? 'v1' : 'v2';
    const user = await loadUser(db, input.userId);
    if (!user || (input.resourceOwner && user.organisation_id !== input.resourceOwner)) {
      throw unknownUser(input.change, version);
    }
    checkStateChange(input.change, user.state, version);
    await requirePermission(context, db, 'user.write', user.organisation_id);
    return append(
      context,
      db,
      userEvent({ id: user.id, organisationId: user.organisation_id }, EVENT[input.change], {}),
    );
  });
}
