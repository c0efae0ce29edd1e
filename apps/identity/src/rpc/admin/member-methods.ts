import { AdminService } from '@zitadel/proto/zitadel/admin_pb.js';
import { addMember, changeMember, removeMember } from '../../commands/organisations/members.ts';
import { rolesOf } from '../../domain/role-permissions.ts';
import { loadInstance } from '../../store/load.ts';
import type { Store } from '../../store/open-store.ts';
import { commandContext } from '../access/api-caller.ts';
import { addedV1, changedV1, listV1 } from '../convert/details.ts';
import { listMembers } from '../convert/members.ts';
import { part } from '../service.ts';

const scope = { level: 'instance' } as const;

/** The instance's administrators, v1. */
export function adminMembers(store: Store) {
  return part(AdminService, {
    async addIAMMember({ userId, roles }, context) {
      return { details: addedV1(await addMember(commandContext(store, context), { scope, userId, roles })) };
    },

    async updateIAMMember({ userId, roles }, context) {
      return { details: changedV1(await changeMember(commandContext(store, context), { scope, userId, roles })) };
    },

    async removeIAMMember({ userId }, context) {
      return { details: changedV1(await removeMember(commandContext(store, context), { scope, userId })) };
    },

    listIAMMemberRoles() {
      const roles = rolesOf('IAM_');
      return { details: listV1(roles.length), roles };
    },

    async listIAMMembers(request) {
      const { id } = await loadInstance(store.db);
      const { total, result } = await listMembers(store.db, id, request);
      return { details: listV1(total), result };
    },
  });
}
