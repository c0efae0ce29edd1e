import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { notFound } from '../../domain/errors.ts';
import { loadUser } from '../../store/load.ts';
import type { Store } from '../../store/open-store.ts';
import { searchUsers } from '../../store/user-search.ts';
import { callerOf } from '../access/api-caller.ts';
import { readableOrganisations, requireRead } from '../access/read-permission.ts';
import { listV2, rowDetailsV2 } from '../convert/details.ts';
import { toPaging } from '../convert/paging.ts';
import { STATES_V2, toUserCondition, toUserOrder } from '../convert/user-query.ts';
import { toUserV2 } from '../convert/user-v2.ts';
import { part } from '../service.ts';

/** Reading users, v2. */
export function userReads(store: Store) {
  return part(UserService, {
    // Whether there is such a user is no secret: it is looked for before the right is asked for (zitadel.md 3.2).
    async getUserByID(request, context) {
      const row = await loadUser(store.db, request.userId);
      if (!row) throw notFound('QUERY-Dfbg2', 'Errors.User.NotFound');
      const caller = callerOf(context);
      if (caller.userId !== row.id) await requireRead(store.db, caller, 'user.read', row.organisation_id);
      return { details: rowDetailsV2(row, row.organisation_id), user: toUserV2(row) };
    },

    // Shows what the caller may see; not being allowed to see anything is no error. Beyond the last page the count is
    // lost, too: ZITADEL takes it from the rows it found.
    async listUsers(request, context) {
      const caller = callerOf(context);
      const { total, users } = await searchUsers(store.db, {
        conditions: request.queries.map((query) => toUserCondition(query, STATES_V2)),
        visible: {
          organisations: await readableOrganisations(store.db, caller, 'user.read'),
          self: caller.userId,
        },
        order: toUserOrder(request.sortingColumn),
        ...toPaging(request.query),
      });
      return { details: listV2(users.length === 0 ? 0 : total), result: users.map(toUserV2) };
    },
  });
}
