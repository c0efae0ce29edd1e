import type { ActivityKind, ZitadelEvent } from '@latchkey/contract/activity';
import type { Event } from '@zitadel/proto/zitadel/event_pb.js';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { fromNanoseconds, toNanoseconds, toTime } from '../to-time.ts';
import { eventTypesOf } from './event-kinds.ts';

export interface EventSearch {
  readonly kind?: ActivityKind | undefined;
  readonly userId?: string | undefined;
  readonly actorId?: string | undefined;
  /** Nanoseconds since the epoch: `from` belongs to the stretch, `before` does not. */
  readonly from: bigint;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** An event and its moment in full, which its RFC 3339 text with milliseconds is not. */
export interface TimedEvent {
  readonly at: bigint;
  readonly entry: ZitadelEvent;
}

/**
 * What happened on the instance, newest first. Needs `events.read`.
 *
 * @throws ConnectError, UpstreamFault
 */
export async function listEvents(
  zitadel: Zitadel,
  caller: AsCaller,
  search: EventSearch,
): Promise<{ readonly entries: TimedEvent[]; readonly hasMore: boolean }> {
  const { kind, userId = '', actorId = '', from, before, limit } = search;
  // A nanosecond less, so that `before` is left out whether or not `until` belongs to ZITADEL's stretch.
  const range = {
    ...(from > 0n && { since: fromNanoseconds(from) }),
    ...(before !== undefined && { until: fromNanoseconds(before - 1n) }),
  };
  const { events } = await zitadel.admin.listEvents(
    {
      limit,
      asc: false,
      eventTypes: eventTypesOf(kind),
      aggregateId: userId,
      editorUserId: actorId,
      ...(('since' in range || 'until' in range) && { creationDateFilter: { case: 'range', value: range } }),
    },
    caller,
  );
  const entries = events.map(toTimedEvent).filter((event) => event !== undefined);
  return { entries, hasMore: events.length >= limit };
}

function toTimedEvent({ creationDate, sequence, type, editor, aggregate }: Event): TimedEvent | undefined {
  const at = toTime(creationDate);
  if (!creationDate || at === null) return undefined;
  return {
    at: toNanoseconds(creationDate),
    entry: {
      source: 'zitadel',
      at,
      sequence: String(sequence),
      event: type?.type ?? '',
      text: type?.localized?.localizedMessage ?? '',
      actorId: editor?.userId ?? '',
      actorName: editor?.displayName ?? '',
      ...(aggregate && { target: { type: aggregate.type?.type ?? '', id: aggregate.id } }),
    },
  };
}
