import type { FactorChangePage, FactorChangeSearch } from '@latchkey/contract/factor-changes';
import type { Actor } from '../guard/actor.ts';
import type { Zitadel } from '../zitadel/client.ts';
import { needFor } from '../zitadel/permission.ts';
import { type FactorChangeList, listFactorChanges, readOldestMoment } from '../zitadel/read/list-factor-changes.ts';
import { toProblem } from '../zitadel/to-problem.ts';

/**
 * ZITADEL lists events by the time of their commit, but narrows them by the time at which their transaction began: one
 * that took long would slip between two pages. No transaction of its lasts a second.
 */
const overlap = 1_000_000_000n;
/** PostgreSQL keeps microseconds. */
const instant = 1_000n;

/**
 * One page of what became of people's factors and admin roles, for the page to fold into a count: newest first, so that
 * whoever is found to have a factor has it now, however far the count gets.
 *
 * @throws Problem
 */
export async function getFactorChanges(
  { zitadel }: { readonly zitadel: Zitadel },
  actor: Actor,
  search: FactorChangeSearch,
): Promise<FactorChangePage> {
  const before = search.before === undefined ? undefined : BigInt(search.before);
  try {
    const list = await listFactorChanges(zitadel, actor.caller, { before, limit: search.limit });
    const oldest = before === undefined ? await readOldestMoment(zitadel, actor.caller) : undefined;
    return {
      changes: list.changes,
      reached: toText(list.moments.at(-1)),
      ...(before === undefined && { begins: toText(oldest) }),
      rest: whatFollows(list, before),
    };
  } catch (error) {
    throw toProblem(error, needFor('events.read'));
  }
}

/** @param before where this page began; undefined for the first. */
export function whatFollows(
  { moments, isFull, hasBeginning }: Omit<FactorChangeList, 'changes'>,
  before: bigint | undefined,
): FactorChangePage['rest'] {
  if (!isFull) return { is: hasBeginning ? 'whole' : 'pruned' };
  const oldest = moments.reduce((a, b) => (a < b ? a : b), moments[0] ?? 0n);
  // Half of each page is new, or the overlap is given up rather than the way forward.
  const repeated = moments.filter((moment) => moment <= oldest + overlap).length;
  const next = oldest + (repeated * 2 <= moments.length ? overlap : instant);
  return before !== undefined && next >= before ? { is: 'crowded' } : { is: 'more', before: String(next) };
}

function toText(moment: bigint | undefined): string | null {
  return moment === undefined ? null : new Date(Number(moment / 1_000_000n)).toISOString();
}
