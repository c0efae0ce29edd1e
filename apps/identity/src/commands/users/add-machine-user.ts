import { userEvent } from '../../domain/events.ts';
import { newId } from '../../store/new-id.ts';
import { append, type CommandContext } from '../context.ts';
import { requirePermission } from '../permission.ts';
import { type AddedUser, requireFreeId, requireFreeUsername, requireOrganisation } from './add-human-user.ts';

export interface NewMachineUser {
  readonly organisationId: string;
  readonly userId?: string;
  readonly username: string;
  readonly name: string;
  readonly description?: string;
  /** ZITADEL's number: 0 opaque, 1 JWT. */
  readonly accessTokenType?: number;
}

/** @throws DomainError V3-DKcYh when the username is taken. */
export function addMachineUser(context: CommandContext, input: NewMachineUser): Promise<AddedUser> {
  return context.store.change(async (db) => {
    await requirePermission(context, db, 'user.write', input.organisationId);
    await requireOrganisation(db, input.organisationId);
    await requireFreeId(db, input.userId, 'COMMAND-k2una');
    await requireFreeUsername(db, input.username);
    const user = { id: input.userId || newId(), organisationId: input.organisationId };
    const added = userEvent(user, 'user.machine.added', {
      userName: input.username,
      name: input.name,
      description: input.description ?? '',
      accessTokenType: input.accessTokenType ?? 0,
    });
    return { userId: user.id, details: await append(context, db, added) };
  });
}
