import { create } from '@bufbuild/protobuf';
import { type Timestamp, timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type Details,
  DetailsSchema,
  type ListDetails,
  ListDetailsSchema,
} from '@zitadel/proto/zitadel/object/v2/object_pb.js';
import {
  type ListDetails as ListDetailsV1,
  ListDetailsSchema as ListDetailsV1Schema,
  type ObjectDetails,
  ObjectDetailsSchema,
} from '@zitadel/proto/zitadel/object_pb.js';
import type { ChangeDetails } from '../../domain/events.ts';

/** What a row read from events knows of its last event. */
interface Versioned {
  readonly sequence: number;
  readonly created_at: number;
  readonly changed_at: number;
}

/** Of a change in v1. `creationDate` is not set, as in ZITADEL (zitadel.md 2.0). */
export function changedV1({ sequence, changedAt, resourceOwner }: ChangeDetails): ObjectDetails {
  return create(ObjectDetailsSchema, {
    sequence: BigInt(sequence),
    // 0: nothing has ever happened.
    ...(changedAt > 0 && { changeDate: timestampFromMs(changedAt) }),
    resourceOwner,
  });
}

/** Of an addition in v1: `creationDate` instead of `changeDate`. */
export function addedV1({ sequence, changedAt, resourceOwner }: ChangeDetails): ObjectDetails {
  return create(ObjectDetailsSchema, {
    sequence: BigInt(sequence),
    creationDate: timestampFromMs(changedAt),
    resourceOwner,
  });
}

export function rowDetailsV1(row: Versioned, resourceOwner: string): ObjectDetails {
  return create(ObjectDetailsSchema, {
    sequence: BigInt(row.sequence),
    creationDate: timestampFromMs(row.created_at),
    changeDate: timestampFromMs(row.changed_at),
    resourceOwner,
  });
}

export function changedV2({ sequence, changedAt, resourceOwner }: ChangeDetails): Details {
  return create(DetailsSchema, {
    sequence: BigInt(sequence),
    ...(changedAt > 0 && { changeDate: timestampFromMs(changedAt) }),
    resourceOwner,
  });
}

export function rowDetailsV2(row: Versioned, resourceOwner: string): Details {
  return create(DetailsSchema, {
    sequence: BigInt(row.sequence),
    creationDate: timestampFromMs(row.created_at),
    changeDate: timestampFromMs(row.changed_at),
    resourceOwner,
  });
}

/** Of a list. The time is that of the newest event, which for a server whose reads do not lag is now. */
export function listV1(total: number): ListDetailsV1 {
  return create(ListDetailsV1Schema, { totalResult: BigInt(total), viewTimestamp: now() });
}

export function listV2(total: number): ListDetails {
  return create(ListDetailsSchema, { totalResult: BigInt(total), timestamp: now() });
}

export function toMs(timestamp: Timestamp | undefined): number | undefined {
  return timestamp && Number(timestamp.seconds) * 1000 + Math.floor(timestamp.nanos / 1e6);
}

function now(): Timestamp {
  return timestampFromMs(Date.now());
}
