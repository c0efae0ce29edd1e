import type { HandlerContext } from '@connectrpc/connect';
import { AdminService } from '@zitadel/proto/zitadel/admin_pb.js';
import { searchEvents } from '../../store/event-search.ts';
import type { Store } from '../../store/open-store.ts';
import { callerLanguages } from '../access/api-caller.ts';
import { toMs } from '../convert/details.ts';
import { loadEditorNames } from '../convert/editor-names.ts';
import { toEvent } from '../convert/events.ts';
import { type Texts, type Translate, translator } from '../errors/translate.ts';
import { part } from '../service.ts';

/** ZITADEL answers with no more, whatever is asked for (zitadel.md 3.5). */
const MOST = 1000;

/** Reading the events themselves, v1: the audit of an instance's administrators. */
export function adminEvents(store: Store, texts: Texts) {
  const translate = (context: HandlerContext): Translate => translator(texts, callerLanguages(context));
  return part(AdminService, {
    async listEvents(request, context) {
      const { creationDateFilter: filter } = request;
      const from = filter.case === 'from' ? toMs(filter.value) : toMs(request.creationDate);
      const range = filter.case === 'range' ? filter.value : undefined;
      const until = range ? toMs(range.until) : undefined;
      const since = range ? toMs(range.since) : from;
      const events = await searchEvents(store.db, {
        aggregateId: request.aggregateId,
        aggregateTypes: request.aggregateTypes,
        eventTypes: request.eventTypes,
        editor: request.editorUserId,
        resourceOwner: request.resourceOwner,
        ...(since !== undefined && { since }),
        ...(until !== undefined && { until }),
        sequence: Number(request.sequence),
        ascending: request.asc,
        limit: request.limit === 0 ? MOST : Math.min(request.limit, MOST),
      });
      const editors = await loadEditorNames(store.db, events);
      return { events: events.map((event) => toEvent(event, editors.get(event.editor), translate(context))) };
    },

    async listEventTypes(_request, context) {
      const say = translate(context);
      const rows = await store.db.selectFrom('events').select('type').distinct().orderBy('type').execute();
      return {
        eventTypes: rows.map(({ type }) => ({
          type,
          localized: { key: `EventTypes.${type}`, localizedMessage: say(`EventTypes.${type}`) },
        })),
      };
    },

    listAggregateTypes(_request, context) {
      const say = translate(context);
      return {
        aggregateTypes: ['instance', 'org', 'project', 'session', 'user'].map((type) => ({
          type,
          localized: { key: `AggregateTypes.${type}`, localizedMessage: say(`AggregateTypes.${type}`) },
        })),
      };
    },
  });
}
