import { type Duration, type Timestamp, timestampDate } from '@bufbuild/protobuf/wkt';

/** RFC 3339 in UTC, with milliseconds; null when ZITADEL sent none. */
export function toTime(timestamp: Timestamp | undefined): string | null {
  return timestamp ? timestampDate(timestamp).toISOString() : null;
}

/** Whole seconds; null when ZITADEL sent none. */
export function toSeconds(duration: Duration | undefined): number | null {
  return duration ? Number(duration.seconds) : null;
}
