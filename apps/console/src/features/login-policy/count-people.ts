import type { SecondFactorType } from '@latchkey/contract/login-policy';
import { apiPaths } from '@latchkey/contract/paths';
import { RelianceSlice } from '@latchkey/contract/policy-reach';
import { read } from '../../api/bff-client.ts';
import type { Reliance } from './reliance.ts';

/** The sum of the slices so far. `next` is where it goes on; null when everybody was counted. */
export type PeopleCount = RelianceSlice;

/** Before the first slice. */
export const nobodyCounted: PeopleCount = { counted: 0, total: 0, holders: 0, onlyThis: 0, admins: 0, next: 0, at: '' };

/** Counts one slice on. @throws ApiError */
export async function readSlice(sum: PeopleCount, type: SecondFactorType, signal: AbortSignal): Promise<PeopleCount> {
  return addSlice(sum, await read(`${apiPaths.reliance(type)}?offset=${sum.next ?? 0}`, RelianceSlice, signal));
}

/** The sum with one more slice. */
export function addSlice(sum: PeopleCount, slice: RelianceSlice): PeopleCount {
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

/** What the slices say. @param isCrowded whether it was counted so because the events could not be read to their end */
export function relianceFromPeople(sum: PeopleCount, type: SecondFactorType, isCrowded: boolean): Reliance {
  const { counted, total, next, ...found } = sum;
  const extent = next === null ? 'whole' : 'part';
  return { ...found, type, extent, isCrowded, done: counted, total, reachedAt: null };
}
