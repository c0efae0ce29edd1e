import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { addMachineUser } from '../../commands/users/add-machine-user.ts';
import { changeUserState } from '../../commands/users/change-user-state.ts';
import { removeUser } from '../../commands/users/remove-user.ts';
import { notFound } from '../../domain/errors.ts';
import type { StateChange } from '../../domain/user.ts';
import { loadUser } from '../../store/load.ts';
import type { Store } from '../../store/open-store.ts';
import { searchUsers } from '../../store/user-search.ts';
import { commandContext, contextOrganisation } from '../access/api-caller.ts';
import { changedV1, listV1 } from '../convert/details.ts';
import { listMemberships } from '../convert/memberships.ts';
import { toPaging } from '../convert/paging.ts';
import { STATES_V1, toUserCondition, toUserOrder } from '../convert/user-query.ts';
import { toUserV1 } from '../convert/user-v1.ts';
import { part } from '../service.ts';

/** Users of the context's organisation, v1. */
export function managementUsers(store: Store) {
  const change =
    (kind: StateChange) => async (request: { id: string }, context: Parameters<typeof commandContext>[1]) => {
      const input = { userId: request.id, change: kind, resourceOwner: contextOrganisation(context) };
      return { details: changedV1(await changeUserState(commandContext(store, context), input)) };
    };
  return part(ManagementService, {
    async getUserByID({ id }, context) {
      const row = await loadUser(store.db, id);
      if (row?.organisation_id !== contextOrganisation(context)) throw notFound('QUERY-Dfbg2', 'Errors.User.NotFound');
      return { user: toUserV1(row) };
    },

    async listUsers(request, context) {
      const { total, users } = await searchUsers(store.db, {
        conditions: request.queries.map((query) => toUserCondition(query, STATES_V1)),
        visible: { organisations: [contextOrganisation(context)] },
        order: toUserOrder(request.sortingColumn),
        ...toPaging(request.query),
      });
      return { details: listV1(users.length === 0 ? 0 : total), result: users.map(toUserV1) };
    },

    async addMachineUser(request, context) {
      const { userId, details } = await addMachineUser(commandContext(store, context), {
        organisationId: contextOrganisation(context),
        ...(request.userId && { userId: request.userId }),
        username: request.userName,
        name: request.name,
        description: request.description,
        accessTokenType: request.accessTokenType,
      });
      return { userId, details: changedV1(details) };
    },

    async removeUser({ id }, context) {
      const input = { userId: id, resourceOwner: contextOrganisation(context) };
      return { details: changedV1(await removeUser(commandContext(store, context), input)) };
    },

    lockUser: change('lock'),
    unlockUser: change('unlock'),
    deactivateUser: change('deactivate'),
    reactivateUser: change('reactivate'),

    /** Roles in other organisations than the context's are left out, to whoever asks: in v1 ZITADEL names them nowhere. */
    async listUserMemberships(request, context) {
      const there = contextOrganisation(context);
      const { total, result } = await listMemberships(store.db, request.userId, request, there);
      return { details: listV1(total), result };
    },
  });
}
