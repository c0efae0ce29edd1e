import type { Timestamp } from '@bufbuild/protobuf/wkt';
import { toMs } from './details.ts';

/** `TimestampFilterMethod`, by number. */
const COMPARE: readonly ((a: number, b: number) => boolean)[] = [
  (a, b) => a === b,
  (a, b) => a > b,
  (a, b) => a >= b,
  (a, b) => a < b,
  (a, b) => a <= b,
];

/** @param time epoch milliseconds. */
export function matchesTime(
  time: number,
  { timestamp, method }: { readonly timestamp?: Timestamp; readonly method: number },
): boolean {
  return COMPARE[method]?.(time, toMs(timestamp) ?? 0) ?? false;
}
