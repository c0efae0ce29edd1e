import { failedPrecondition, notFound } from '../../domain/errors.ts';
import type { UserEvents } from '../../domain/events/user-events.ts';
import { type ChangeDetails, type NewEvent, userEvent } from '../../domain/events.ts';
import { lastDetails } from '../../store/event-store.ts';
import { loadUser } from '../../store/load.ts';
import type { UserTable } from '../../store/tables.ts';
import { append, appendAll, type CommandContext } from '../context.ts';
import { requirePermission, requireSelfOr } from '../permission.ts';
import { requireFreeUsername } from './add-human-user.ts';
import { ownerOf } from './check-password.ts';

/** What is left out stays. */
export type MachineChange = UserEvents['user.machine.changed'];

/**
 * Changes a machine user.
 *
 * @param input.resourceOwner given: v1's command, for which no change is an error.
 * @throws DomainError COMMAND-5M0od for an unknown machine (v2: COMMAND-ugjs0upun6), COMMAND-2n8vs for no change by v1.
 */
export function changeMachineUser(
  context: CommandContext,
  input: {
    readonly userId: string;
    readonly resourceOwner?: string;
    readonly username?: string;
    readonly change: MachineChange;
  },
): Promise<ChangeDetails> {
  const isV1 = input.resourceOwner !== undefined;
  return context.store.change(async (db) => {
    const user = await loadUser(db, input.userId);
    if (user?.kind !== 'machine' || (isV1 && user.organisation_id !== input.resourceOwner)) {
      throw notFound(isV1 ? 'COMMAND-5M0od' : 'COMMAND-ugjs0upun6', 'Errors.User.NotFound');
    }
    await requirePermission(context, db, 'user.write', user.organisation_id);
    const events: NewEvent[] = [];
    if (input.username !== undefined && input.username !== user.username) {
      await requireFreeUsername(db, input.username, user.id);
      events.push(userEvent(ownerOf(user), 'user.username.changed', { userName: input.username }));
    }
    const change = differences(user, input.change);
    if (Object.keys(change).length > 0) events.push(userEvent(ownerOf(user), 'user.machine.changed', change));
    if (events.length > 0) return appendAll(context, db, events);
    const details = await lastDetails(db, 'user', user.id);
    if (isV1 || !details) throw failedPrecondition('COMMAND-2n8vs', 'Errors.User.NotChanged');
    return details;
  });
}

function differences(user: UserTable, { name, description, accessTokenType }: MachineChange): MachineChange {
  return {
    ...(name !== undefined && name !== user.display_name && { name }),
    ...(description !== undefined && description !== user.description && { description }),
    ...(accessTokenType !== undefined && accessTokenType !== user.access_token_type && { accessTokenType }),
  };
}

/**
 * Gives a user another username, v1.
 *
 * @throws DomainError COMMAND-5N9ds for an unknown user, COMMAND-6m9gs when it is theirs, V3-DKcYh when it is another's.
 */
export function changeUsername(
  context: CommandContext,
  input: { readonly userId: string; readonly resourceOwner: string; readonly username: string },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const username = input.username.trim();
    const user = await loadUser(db, input.userId);
    if (user?.organisation_id !== input.resourceOwner) throw notFound('COMMAND-5N9ds', 'Errors.User.NotFound');
    await requireSelfOr(context, db, 'user.write', ownerOf(user));
    if (user.username === username) throw failedPrecondition('COMMAND-6m9gs', 'Errors.User.UsernameNotChanged');
    await requireFreeUsername(db, username, user.id);
    return append(context, db, userEvent(ownerOf(user), 'user.username.changed', { userName: username }));
  });
}
