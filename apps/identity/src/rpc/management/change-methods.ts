import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import type { Store } from '../../store/open-store.ts';
import { contextOrganisation } from '../access/api-caller.ts';
import { listUserChanges } from '../convert/changes.ts';
import type { Texts } from '../errors/translate.ts';
import { part } from '../service.ts';

/** What happened to a user of the context's organisation, v1: the one audit that a support role may read. */
export function managementChanges(store: Store, texts: Texts) {
  return part(ManagementService, {
    async listUserChanges({ userId, query }, context) {
      const organisationId = contextOrganisation(context);
      return { result: await listUserChanges(store, texts, context, { userId, organisationId, query }) };
    },
  });
}
