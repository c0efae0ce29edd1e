import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { searchEvents } from '../../store/event-search.ts';
import type { Store } from '../../store/open-store.ts';
import { contextOrganisation } from '../access/api-caller.ts';
import { loadEditorNames } from '../convert/editor-names.ts';
import { toChange } from '../convert/events.ts';
import { acceptedLanguages, type Texts, translator } from '../errors/translate.ts';
import { part } from '../service.ts';

const MOST = 1000;

/** What happened to a user of the context's organisation, v1: the one audit that a support role may read. */
export function managementChanges(store: Store, texts: Texts) {
  return part(ManagementService, {
    async listUserChanges({ userId, query }, context) {
      const events = await searchEvents(store.db, {
        aggregateId: userId,
        aggregateTypes: ['user'],
        resourceOwner: contextOrganisation(context),
        sequence: Number(query?.sequence ?? 0n),
        ascending: query?.asc ?? false,
        limit: query?.limit || MOST,
      });
      const translate = translator(texts, acceptedLanguages(context.requestHeader.get('accept-language')));
      const editors = await loadEditorNames(store.db, events);
      return { result: events.map((event) => toChange(event, editors.get(event.editor), translate)) };
    },
  });
}
