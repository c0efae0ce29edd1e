import type { Duration } from '@bufbuild/protobuf/wkt';

/** A duration in nanoseconds, the unit Go compares. */
export function nanosecondsOf({ seconds, nanos }: Duration): bigint {
  return seconds * 1_000_000_000n + BigInt(nanos);
}

/** Go's text of a duration: `0s`, `1.5s`, `1m0s`, `240h0m0s`; below a second `20ms`. */
export function goDuration(duration: Duration): string {
  const total = nanosecondsOf(duration);
  const sign = total < 0n ? '-' : '';
  const nanos = total < 0n ? -total : total;
  if (nanos === 0n) return '0s';
  if (nanos < 1_000n) return `${sign}${nanos}ns`;
  if (nanos < 1_000_000n) return `${sign}${Number(nanos) / 1e3}µs`;
  if (nanos < 1_000_000_000n) return `${sign}${Number(nanos) / 1e6}ms`;
  const seconds = nanos / 1_000_000_000n;
  const rest = `${Number(nanos % 60_000_000_000n) / 1e9}s`;
  if (seconds < 60n) return sign + rest;
  const minutes = seconds / 60n;
  return minutes < 60n ? `${sign}${minutes}m${rest}` : `${sign}${minutes / 60n}h${minutes % 60n}m${rest}`;
}
