import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { addOrganisation } from '../../commands/organisations/add-organisation.ts';
import {
  deactivateOrganisation,
  reactivateOrganisation,
  removeOrganisation,
  renameOrganisation,
} from '../../commands/organisations/change-organisation.ts';
import { addMember, changeMember, removeMember } from '../../commands/organisations/members.ts';
import { notFound } from '../../domain/errors.ts';
import type { Store } from '../../store/open-store.ts';
import { commandContext, contextOrganisation } from '../access/api-caller.ts';
import { addedV1, changedV1, listV1 } from '../convert/details.ts';
import { listMembers } from '../convert/members.ts';
import { toOrganisationV1 } from '../convert/organisation-v1.ts';
import { part } from '../service.ts';

/** The context's organisation and its administrators, v1. */
export function managementOrganisation(store: Store) {
  const scopeOf = (context: Parameters<typeof contextOrganisation>[0]) =>
    ({ level: 'organisation', id: contextOrganisation(context) }) as const;
  return part(ManagementService, {
    async getMyOrg(_request, context) {
      const id = contextOrganisation(context);
      const row = await store.db.selectFrom('organisations').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row) throw notFound('QUERY-iTTGJ', 'Errors.Org.NotFound');
      return { org: toOrganisationV1(row) };
    },

    async addOrg({ name }, context) {
      const { organisationId, details } = await addOrganisation(commandContext(store, context), { name });
      return { id: organisationId, details: addedV1(details) };
    },

    async updateOrg({ name }, context) {
      const input = { organisationId: contextOrganisation(context), name };
      return { details: changedV1(await renameOrganisation(commandContext(store, context), input)) };
    },

    async deactivateOrg(_request, context) {
      const input = { organisationId: contextOrganisation(context) };
      return { details: changedV1(await deactivateOrganisation(commandContext(store, context), input)) };
    },

    async reactivateOrg(_request, context) {
      const input = { organisationId: contextOrganisation(context) };
      return { details: changedV1(await reactivateOrganisation(commandContext(store, context), input)) };
    },

    async removeOrg(_request, context) {
      const input = { organisationId: contextOrganisation(context) };
      return { details: changedV1(await removeOrganisation(commandContext(store, context), input)) };
    },

    async addOrgMember({ userId, roles }, context) {
      const input = { scope: scopeOf(context), userId, roles };
      return { details: addedV1(await addMember(commandContext(store, context), input)) };
    },

    async updateOrgMember({ userId, roles }, context) {
      const input = { scope: scopeOf(context), userId, roles };
      return { details: changedV1(await changeMember(commandContext(store, context), input)) };
    },

    async removeOrgMember({ userId }, context) {
      const input = { scope: scopeOf(context), userId };
      return { details: changedV1(await removeMember(commandContext(store, context), input)) };
    },

    async listOrgMembers(request, context) {
      const { total, result } = await listMembers(store.db, contextOrganisation(context), request);
      return { details: listV1(total), result };
    },
  });
}
