import type { StoredEvent } from '../domain/events.ts';
import { toStoredEvent } from './event-store.ts';
import type { Database } from './tables.ts';

/** What to look for among the events; what is absent or empty does not narrow. Times in epoch milliseconds. */
export interface EventSearch {
  readonly aggregateId?: string;
  readonly aggregateTypes?: readonly string[];
  readonly eventTypes?: readonly string[];
  readonly editor?: string;
  readonly resourceOwner?: string;
  readonly since?: number;
  readonly until?: number;
  /** Events after this sequence of their aggregate when ascending, before it when not; 0 for all. */
  readonly sequence?: number;
  readonly ascending: boolean;
  readonly limit: number;
}

/** Events in the order in which they happened, or the other way round. */
export async function searchEvents(db: Database, search: EventSearch): Promise<readonly StoredEvent[]> {
  let query = db.selectFrom('events').selectAll();
  if (search.aggregateId) query = query.where('aggregate_id', '=', search.aggregateId);
  if (search.aggregateTypes?.length) query = query.where('aggregate_type', 'in', [...search.aggregateTypes]);
  if (search.eventTypes?.length) query = query.where('type', 'in', [...search.eventTypes]);
  if (search.editor) query = query.where('editor', '=', search.editor);
  if (search.resourceOwner) query = query.where('resource_owner', '=', search.resourceOwner);
  if (search.since !== undefined) query = query.where('created_at', '>=', search.since);
  if (search.until !== undefined) query = query.where('created_at', '<=', search.until);
  if (search.sequence) query = query.where('sequence', search.ascending ? '>' : '<', search.sequence);
  const rows = await query
    .orderBy('position', search.ascending ? 'asc' : 'desc')
    .limit(search.limit)
    .execute();
  return rows.map(toStoredEvent);
}
