import type { RelianceSlice } from '@latchkey/contract/policy-reach';
import { plural, t } from '@lingui/core/macro';
import { formatNumber } from '../../i18n/format.ts';

/** The sum of the slices so far. `next` is where it goes on; null when everybody was counted. */
export type Reliance = RelianceSlice;

/** The count before its first slice. */
export const nothingCounted: Reliance = { counted: 0, total: 0, holders: 0, onlyThis: 0, admins: 0, next: 0, at: '' };

/** The sum with one more slice. */
export function addSlice(sum: Reliance, slice: RelianceSlice): Reliance {
  return {
    counted: sum.counted + slice.counted,
    total: slice.total,
    holders: sum.holders + slice.holders,
    onlyThis: sum.onlyThis + slice.onlyThis,
    admins: sum.admins + slice.admins,
    next: slice.next,
    at: slice.at,
  };
}

/** What the count says, and no more than it knows: "at least" until everybody was counted. */
export function relianceWords({ holders, onlyThis, admins, next }: Reliance): string {
  const words = [holdersWords(holders, next === null), onlyThisWords(onlyThis), adminsWords(admins)];
  return words.join(' ');
}

function holdersWords(holders: number, isWhole: boolean): string {
  const people = formatNumber(holders);
  return isWhole
    ? plural(holders, { one: '1 person has it.', other: `${people} people have it.` })
    : plural(holders, { one: 'At least 1 person has it.', other: `At least ${people} people have it.` });
}

function onlyThisWords(onlyThis: number): string {
  const people = formatNumber(onlyThis);
  return plural(onlyThis, { one: '1 of them has nothing else.', other: `${people} of them have nothing else.` });
}

function adminsWords(admins: number): string {
  if (admins === 0) return t`None of them is an admin whom you can see.`;
  const people = formatNumber(admins);
  return plural(admins, { one: '1 of them is an admin.', other: `${people} of them are admins.` });
}
