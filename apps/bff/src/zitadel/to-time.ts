import { create } from '@bufbuild/protobuf';
import { type Duration, type Timestamp, TimestampSchema, timestampDate } from '@bufbuild/protobuf/wkt';

/** RFC 3339 in UTC, with milliseconds; null when ZITADEL sent none. */
export function toTime(timestamp: Timestamp | undefined): string | null {
  return timestamp ? timestampDate(timestamp).toISOString() : null;
}

/** Whole seconds; null when ZITADEL sent none. */
export function toSeconds(duration: Duration | undefined): number | null {
  return duration ? Number(duration.seconds) : null;
}

const second = 1_000_000_000n;

/** A moment in nanoseconds since the epoch, as exact as ZITADEL has it. */
export function toNanoseconds({ seconds, nanos }: Timestamp): bigint {
  return seconds * second + BigInt(nanos);
}

export function fromNanoseconds(nanoseconds: bigint): Timestamp {
  return create(TimestampSchema, { seconds: nanoseconds / second, nanos: Number(nanoseconds % second) });
}
