import { i18n } from '@lingui/core';

/** The language with the reader's region first, for dates and numbers. */
const regions = (): string | string[] => i18n.locales ?? i18n.locale;

/** A count as the reader writes it: 1,204. */
export const formatNumber = (value: number): string => new Intl.NumberFormat(regions()).format(value);

/** "a, b or c", in the reader's language. */
export const formatChoice = (items: readonly string[]): string =>
  new Intl.ListFormat(regions(), { type: 'disjunction' }).format(items);

/** "a, b and c", in the reader's language. */
export const formatList = (items: readonly string[]): string =>
  new Intl.ListFormat(regions(), { type: 'conjunction' }).format(items);

type DurationUnit = 'day' | 'hour' | 'minute' | 'second';

const units: readonly (readonly [DurationUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** A length of time in the largest unit that leaves no rest: 30 days, 90 minutes. @param seconds whole seconds */
export function formatDuration(seconds: number): string {
  const [unit, size] = units.find(([, size]) => seconds >= size && seconds % size === 0) ?? (['second', 1] as const);
  return new Intl.NumberFormat(regions(), { style: 'unit', unit, unitDisplay: 'long' }).format(seconds / size);
}

/** The hour and minute of a moment, in the reader's zone. @param iso RFC 3339 */
export const formatTime = (iso: string): string =>
  new Intl.DateTimeFormat(regions(), { timeStyle: 'short' }).format(new Date(iso));

/** The day of a moment, in the reader's zone: 3 May 2026. @param iso RFC 3339 */
export const formatDate = (iso: string): string =>
  new Intl.DateTimeFormat(regions(), { dateStyle: 'medium' }).format(new Date(iso));

/** A day and time in the reader's zone, with the zone. @param iso RFC 3339 */
export const formatMoment = (iso: string): string =>
  new Intl.DateTimeFormat(regions(), { dateStyle: 'medium', timeStyle: 'long' }).format(new Date(iso));
