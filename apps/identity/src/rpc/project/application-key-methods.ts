import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { addApplicationKey, removeApplicationKey } from '../../commands/projects/application-keys.ts';
import { notFound } from '../../domain/errors.ts';
import type { Store } from '../../store/open-store.ts';
import { commandContext, contextOrganisation } from '../access/api-caller.ts';
import { toKeyV1 } from '../convert/application-v1.ts';
import { addedV1, changedV1, listV1, toMs } from '../convert/details.ts';
import { toPaging } from '../convert/paging.ts';
import { part } from '../service.ts';

/** Keys of applications for private_key_jwt, v1. */
export function managementApplicationKeys(store: Store) {
  const ofApplication = ({ appId, projectId }: { readonly appId: string; readonly projectId: string }) =>
    store.db
      .selectFrom('application_keys')
      .selectAll()
      .where('application_id', '=', appId)
      .where('project_id', '=', projectId);
  return part(ManagementService, {
    async addAppKey({ appId: applicationId, projectId, expirationDate }, context) {
      const expiresAt = toMs(expirationDate);
      const { keyId, file, details } = await addApplicationKey(commandContext(store, context), {
        applicationId,
        projectId,
        resourceOwner: contextOrganisation(context),
        ...(expiresAt !== undefined && { expiresAt }),
      });
      return { id: keyId, details: addedV1(details), keyDetails: Buffer.from(JSON.stringify(file)) };
    },

    async removeAppKey({ appId: applicationId, projectId, keyId }, context) {
      const input = { applicationId, projectId, keyId, resourceOwner: contextOrganisation(context) };
      return { details: changedV1(await removeApplicationKey(commandContext(store, context), input)) };
    },

    async getAppKey(request, context) {
      const row = await ofApplication(request).where('id', '=', request.keyId).executeTakeFirst();
      if (!row) throw notFound('QUERY-Tha6f', 'Errors.AuthNKey.NotFound');
      return { key: toKeyV1(row, contextOrganisation(context)) };
    },

    async listAppKeys(request, context) {
      const { offset, limit, ascending } = toPaging(request.query);
      const rows = await ofApplication(request)
        .orderBy('id', ascending ? 'asc' : 'desc')
        .execute();
      const page = rows.slice(offset, limit === undefined ? undefined : offset + limit);
      const organisation = contextOrganisation(context);
      return { details: listV1(rows.length), result: page.map((row) => toKeyV1(row, organisation)) };
    },
  });
}
