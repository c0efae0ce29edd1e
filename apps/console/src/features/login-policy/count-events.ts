import { FactorChangePage } from '@latchkey/contract/factor-changes';
import { createHoldings, type Holdings } from '@latchkey/contract/holdings';
import type { SecondFactorType } from '@latchkey/contract/login-policy';
import { apiPaths } from '@latchkey/contract/paths';
import { read } from '../../api/bff-client.ts';
import type { Reliance } from './reliance.ts';

/** How far ZITADEL's events have been read, and what they came to: for all types at once. Times are RFC 3339. */
export type EventCount = {
  readonly holdings: Holdings;
  readonly rest: FactorChangePage['rest'] | null;
  readonly startedAt: string;
  readonly begins: string | null;
  readonly reached: string | null;
};

/** Before the first page. @param now milliseconds since the epoch */
export function beginEvents(now: number): EventCount {
  const startedAt = new Date(now).toISOString();
  return { holdings: createHoldings(), rest: null, startedAt, begins: null, reached: null };
}

/** Whether there is a page to read. */
export const hasMoreEvents = ({ rest }: EventCount): boolean => rest === null || rest.is === 'more';

/** Reads one page on. The holdings of `count` take it in. @throws ApiError */
export async function readEvents(count: EventCount, signal: AbortSignal): Promise<EventCount> {
  const query = count.rest?.is === 'more' ? `?before=${count.rest.before}` : '';
  const page = await read(`${apiPaths.factorChanges()}${query}`, FactorChangePage, signal);
  count.holdings.add(page.changes);
  return {
    ...count,
    rest: page.rest,
    reached: page.reached ?? count.reached,
    begins: page.begins === undefined ? count.begins : page.begins,
  };
}

/** What the events say of one type. */
export function relianceFromEvents(count: EventCount, type: SecondFactorType): Reliance {
  const { holdings, rest, startedAt, begins, reached } = count;
  const { onlyThis, ...found } = holdings.tally(type);
  const extent = rest?.is === 'whole' || rest?.is === 'pruned' ? rest.is : 'part';
  const start = Date.parse(startedAt);
  return {
    type,
    ...found,
    onlyThis: extent === 'whole' ? onlyThis : null,
    extent,
    isCrowded: false,
    done: start - Date.parse(reached ?? startedAt),
    total: start - Date.parse(begins ?? startedAt),
    reachedAt: reached ?? startedAt,
    at: startedAt,
  };
}
