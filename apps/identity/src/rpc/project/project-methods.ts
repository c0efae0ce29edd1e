import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import type { ProjectQuery } from '@zitadel/proto/zitadel/project_pb.js';
import { addProject, changeProject, removeProject } from '../../commands/projects/projects.ts';
import { deactivateProject, reactivateProject } from '../../commands/projects/states.ts';
import { invalidArgument, notFound } from '../../domain/errors.ts';
import type { Store } from '../../store/open-store.ts';
import { matchesText } from '../../store/text-match.ts';
import { commandContext, contextOrganisation } from '../access/api-caller.ts';
import { toProjectV1 } from '../convert/application-v1.ts';
import { addedV1, changedV1, listV1 } from '../convert/details.ts';
import { toPaging } from '../convert/paging.ts';
import { toTextMethod } from '../convert/text-method.ts';
import { part } from '../service.ts';

/** Projects of the context organisation, v1. */
export function managementProjects(store: Store) {
  const ofOrganisation = (organisationId: string) =>
    store.db.selectFrom('projects').selectAll().where('organisation_id', '=', organisationId);
  return part(ManagementService, {
    async addProject({ name }, context) {
      const input = { name, organisationId: contextOrganisation(context) };
      const { projectId, details } = await addProject(commandContext(store, context), input);
      return { id: projectId, details: addedV1(details) };
    },

    async updateProject({ id, name }, context) {
      const input = { projectId: id, name, resourceOwner: contextOrganisation(context) };
      return { details: changedV1(await changeProject(commandContext(store, context), input)) };
    },

    async deactivateProject({ id }, context) {
      const input = { projectId: id, resourceOwner: contextOrganisation(context) };
      return { details: changedV1(await deactivateProject(commandContext(store, context), input)) };
    },

    async reactivateProject({ id }, context) {
      const input = { projectId: id, resourceOwner: contextOrganisation(context) };
      return { details: changedV1(await reactivateProject(commandContext(store, context), input)) };
    },

    async removeProject({ id }, context) {
      const input = { projectId: id, resourceOwner: contextOrganisation(context) };
      return { details: changedV1(await removeProject(commandContext(store, context), input)) };
    },

    async getProjectByID({ id }, context) {
      const row = await ofOrganisation(contextOrganisation(context)).where('id', '=', id).executeTakeFirst();
      if (!row) throw notFound('QUERY-fk2fs', 'Errors.Project.NotFound');
      return { project: toProjectV1(row) };
    },

    async listProjects({ query, queries }, context) {
      const { offset, limit, ascending } = toPaging(query);
      const rows = await ofOrganisation(contextOrganisation(context))
        .where((where) => where.and(queries.map(toCondition)))
        .orderBy('id', ascending ? 'asc' : 'desc')
        .execute();
      const page = rows.slice(offset, limit === undefined ? undefined : offset + limit);
      return { details: listV1(rows.length), result: page.map(toProjectV1) };
    },
  });
}

/** @throws DomainError ORG-Ags3q for a query that says nothing. */
function toCondition({ query }: ProjectQuery) {
  switch (query.case) {
    case 'nameQuery':
      return matchesText('name', toTextMethod(query.value.method), query.value.name);
    case 'projectResourceOwnerQuery':
      return matchesText('organisation_id', toTextMethod(0), query.value.resourceOwner);
    case undefined:
      throw invalidArgument('ORG-Ags3q', 'List.Query.Invalid');
  }
}
