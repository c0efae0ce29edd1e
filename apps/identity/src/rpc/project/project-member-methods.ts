import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { addMember, changeMember, removeMember } from '../../commands/organisations/members.ts';
import { rolesOf } from '../../domain/role-permissions.ts';
import type { Store } from '../../store/open-store.ts';
import { commandContext, contextOrganisation } from '../access/api-caller.ts';
import { addedV1, changedV1, listV1 } from '../convert/details.ts';
import { listMembers } from '../convert/members.ts';
import { part } from '../service.ts';

/** Administrators of projects, v1. */
export function managementProjectMembers(store: Store) {
  const scopeOf = (id: string, context: Parameters<typeof contextOrganisation>[0]) =>
    ({ level: 'project', id, resourceOwner: contextOrganisation(context) }) as const;
  return part(ManagementService, {
    listProjectMemberRoles() {
      const result = rolesOf('PROJECT_').filter((role) => !role.startsWith('PROJECT_GRANT_'));
      return { details: listV1(result.length), result };
    },

    async listProjectMembers({ projectId, ...request }, context) {
      const { total, result } = await listMembers(store.db, projectId, request);
      // Of another organisation's project there is nothing to see.
      const own = result.filter(({ details }) => details?.resourceOwner === contextOrganisation(context));
      return { details: listV1(own.length === 0 ? 0 : total), result: own };
    },

    async addProjectMember({ projectId, userId, roles }, context) {
      const input = { scope: scopeOf(projectId, context), userId, roles };
      return { details: addedV1(await addMember(commandContext(store, context), input)) };
    },

    async updateProjectMember({ projectId, userId, roles }, context) {
      const input = { scope: scopeOf(projectId, context), userId, roles };
      return { details: changedV1(await changeMember(commandContext(store, context), input)) };
    },

    async removeProjectMember({ projectId, userId }, context) {
      const input = { scope: scopeOf(projectId, context), userId };
      return { details: changedV1(await removeMember(commandContext(store, context), input)) };
    },
  });
}
