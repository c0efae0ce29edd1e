import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import type { Store } from '../../store/open-store.ts';
import { contextOrganisation } from '../access/api-caller.ts';
import { listChanges } from '../convert/changes.ts';
import type { Texts } from '../errors/translate.ts';
import { part } from '../service.ts';

/** What happened in the context's organisation, v1: the one audit that a support role may read. */
export function managementChanges(store: Store, texts: Texts) {
  return part(ManagementService, {
    async listUserChanges({ userId: id, query }, context) {
      const about = { type: 'user', id, organisationId: contextOrganisation(context) } as const;
      return { result: await listChanges(store, texts, context, about, query) };
    },

    async listOrgChanges({ query }, context) {
      const id = contextOrganisation(context);
      return { result: await listChanges(store, texts, context, { type: 'org', id, organisationId: id }, query) };
    },

    async listProjectChanges({ projectId: id, query }, context) {
      const about = { type: 'project', id, organisationId: contextOrganisation(context) } as const;
      return { result: await listChanges(store, texts, context, about, query) };
    },

    async listAppChanges({ projectId: id, appId: applicationId, query }, context) {
      const about = { type: 'project', id, applicationId, organisationId: contextOrganisation(context) } as const;
      return { result: await listChanges(store, texts, context, about, query) };
    },
  });
}
