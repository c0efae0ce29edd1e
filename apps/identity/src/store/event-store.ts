import type {
  AggregateType,
  ChangeDetails,
  EventPayloads,
  EventType,
  NewEvent,
  StoredEvent,
} from '../domain/events.ts';
import { reduce } from './reduce.ts';
import type { Database, EventTable } from './tables.ts';

/**
 * Appends events and updates the tables read from them, all through `db`, which is a transaction's handle: so an event
 * and what it changes are durable together, and a read never lags behind a write.
 *
 * @returns the details of the last event.
 */
export async function appendEvents(
  db: Database,
  editor: string,
  now: number,
  events: readonly [NewEvent, ...NewEvent[]],
): Promise<ChangeDetails> {
  let details: ChangeDetails | undefined;
  for (const event of events) {
    const sequence = (await lastSequence(db, event.aggregateType, event.aggregateId)) + 1;
    const { position } = await db
      .insertInto('events')
      .values({
        aggregate_type: event.aggregateType,
        aggregate_id: event.aggregateId,
        sequence,
        resource_owner: event.resourceOwner,
        editor,
        type: event.type,
        payload: JSON.stringify(event.payload),
        created_at: now,
      })
      .returning('position')
      .executeTakeFirstOrThrow();
    await reduce(db, { ...event, position, sequence, editor, createdAt: now });
    details = { sequence, changedAt: now, resourceOwner: event.resourceOwner };
  }
  if (!details) throw new Error('no event');
  return details;
}

async function lastSequence(db: Database, type: AggregateType, id: string): Promise<number> {
  const row = await db
    .selectFrom('events')
    .select('sequence')
    .where('aggregate_type', '=', type)
    .where('aggregate_id', '=', id)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.sequence ?? 0;
}

/** The details of an aggregate's last event, for answers of changes that changed nothing. */
export async function lastDetails(db: Database, type: AggregateType, id: string): Promise<ChangeDetails | undefined> {
  const row = await db
    .selectFrom('events')
    .select(['sequence', 'created_at', 'resource_owner'])
    .where('aggregate_type', '=', type)
    .where('aggregate_id', '=', id)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { sequence: row.sequence, changedAt: row.created_at, resourceOwner: row.resource_owner };
}

/** Position of the newest event, 0 before the first. */
export async function lastPosition(db: Database): Promise<number> {
  const row = await db.selectFrom('events').select('position').orderBy('position', 'desc').limit(1).executeTakeFirst();
  return row?.position ?? 0;
}

/** @param row as stored; its type and payload were typed when they were appended. */
export function toStoredEvent(row: Omit<EventTable, 'position'> & { position: number }): StoredEvent {
  return {
    position: row.position,
    aggregateType: row.aggregate_type as AggregateType,
    aggregateId: row.aggregate_id,
    sequence: row.sequence,
    resourceOwner: row.resource_owner,
    editor: row.editor,
    type: row.type as EventType,
    payload: JSON.parse(row.payload) as EventPayloads[EventType],
    createdAt: row.created_at,
  };
}
