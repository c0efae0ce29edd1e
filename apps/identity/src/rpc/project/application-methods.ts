import type { AppQuery } from '@zitadel/proto/zitadel/app_pb.js';
import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { addOidcApplication, changeOidcApplication, removeApplication } from '../../commands/projects/applications.ts';
import { renameApplication, renewClientSecret } from '../../commands/projects/change-application.ts';
import { setApplicationState } from '../../commands/projects/states.ts';
import { invalidArgument, notFound } from '../../domain/errors.ts';
import { isBlockedTarget } from '../../domain/oidc-compliance.ts';
import type { Store } from '../../store/open-store.ts';
import { matchesText } from '../../store/text-match.ts';
import { commandContext, contextOrganisation } from '../access/api-caller.ts';
import { fromOidcRequest, toApplicationV1, toComplianceMessages } from '../convert/application-v1.ts';
import { addedV1, changedV1, listV1 } from '../convert/details.ts';
import { toPaging } from '../convert/paging.ts';
import { toTextMethod } from '../convert/text-method.ts';
import { part } from '../service.ts';

/** OIDC applications of a project, v1. */
export function managementApplications(store: Store) {
  const ofProject = (projectId: string, organisationId: string) =>
    store.db
      .selectFrom('applications')
      .selectAll()
      .where('project_id', '=', projectId)
      .where('organisation_id', '=', organisationId);
  return part(ManagementService, {
    async addOIDCApp(request, context) {
      refuseBlockedTarget(request);
      const configuration = fromOidcRequest(request);
      const { projectId, name } = request;
      const input = { projectId, name, configuration, resourceOwner: contextOrganisation(context) };
      const added = await addOidcApplication(commandContext(store, context), input);
      const problems = toComplianceMessages(configuration);
      return {
        appId: added.applicationId,
        details: addedV1(added.details),
        clientId: added.clientId,
        clientSecret: added.clientSecret ?? '',
        noneCompliant: problems.length > 0,
        complianceProblems: problems,
      };
    },

    async updateOIDCAppConfig(request, context) {
      refuseBlockedTarget(request);
      const { appId: applicationId, projectId } = request;
      const reference = { applicationId, projectId, resourceOwner: contextOrganisation(context) };
      const input = { ...reference, configuration: fromOidcRequest(request) };
      return { details: changedV1(await changeOidcApplication(commandContext(store, context), input)) };
    },

    async updateApp({ appId: applicationId, projectId, name }, context) {
      const input = { applicationId, projectId, name, resourceOwner: contextOrganisation(context) };
      return { details: changedV1(await renameApplication(commandContext(store, context), input)) };
    },

    async regenerateOIDCClientSecret({ appId: applicationId, projectId }, context) {
      const input = { applicationId, projectId, resourceOwner: contextOrganisation(context) };
      const { clientSecret, details } = await renewClientSecret(commandContext(store, context), input);
      return { clientSecret, details: changedV1(details) };
    },

    async deactivateApp({ appId: applicationId, projectId }, context) {
      const input = {
        applicationId,
        projectId,
        resourceOwner: contextOrganisation(context),
        state: 'inactive' as const,
      };
      return { details: changedV1(await setApplicationState(commandContext(store, context), input)) };
    },

    async reactivateApp({ appId: applicationId, projectId }, context) {
      const input = { applicationId, projectId, resourceOwner: contextOrganisation(context), state: 'active' as const };
      return { details: changedV1(await setApplicationState(commandContext(store, context), input)) };
    },

    async removeApp({ appId: applicationId, projectId }, context) {
      const input = { applicationId, projectId, resourceOwner: contextOrganisation(context) };
      return { details: changedV1(await removeApplication(commandContext(store, context), input)) };
    },

    async getAppByID({ appId, projectId }, context) {
      const row = await ofProject(projectId, contextOrganisation(context)).where('id', '=', appId).executeTakeFirst();
      if (!row) throw notFound('QUERY-pCP8P', 'Errors.App.NotExisting');
      return { app: toApplicationV1(row) };
    },

    async listApps({ projectId, query, queries }, context) {
      const { offset, limit, ascending } = toPaging(query);
      const rows = await ofProject(projectId, contextOrganisation(context))
        .where((where) => where.and(queries.map(toCondition)))
        .orderBy('id', ascending ? 'asc' : 'desc')
        .execute();
      const page = rows.slice(offset, limit === undefined ? undefined : offset + limit);
      return { details: listV1(rows.length), result: page.map(toApplicationV1) };
    },
  });
}

/** ZITADEL calls nobody on its own machine. @throws DomainError PROJECT-msNebo. */
function refuseBlockedTarget({ backChannelLogoutUri }: { readonly backChannelLogoutUri: string }): void {
  if (isBlockedTarget(backChannelLogoutUri)) {
    throw invalidArgument('PROJECT-msNebo', 'Errors.Project.App.Blocked.BackchannelLogoutURL');
  }
}

/** @throws DomainError APP-Add46 for a query that says nothing. */
function toCondition({ query }: AppQuery) {
  if (query.case === undefined) throw invalidArgument('APP-Add46', 'List.Query.Invalid');
  return matchesText('name', toTextMethod(query.value.method), query.value.name);
}
