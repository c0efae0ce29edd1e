import type { FactorChange } from '@latchkey/contract/factor-changes';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { beginning, factorChangeTypes, toFactorChange } from '../to-factor-change.ts';
import { fromNanoseconds, toNanoseconds } from '../to-time.ts';
import { findCause, UpstreamFault } from '../upstream/upstream-fault.ts';

/** Events as ZITADEL lists them, newest first. Moments are nanoseconds since the epoch. */
export interface FactorChangeList {
  readonly changes: FactorChange[];
  readonly moments: readonly bigint[];
  /** Whether ZITADEL may have older ones. */
  readonly isFull: boolean;
  /** Whether the instance's first event is among them. */
  readonly hasBeginning: boolean;
}

/** With the longest keys a thousand events are more than one answer may hold. */
const smallerLists = 4;

/**
 * What became of people's factors and admin roles. Needs `events.read`.
 *
 * @param before nanoseconds; an event of just then may or may not be listed. Absent: the newest.
 * @throws ConnectError, UpstreamFault
 */
export async function listFactorChanges(
  zitadel: Zitadel,
  caller: AsCaller,
  search: { readonly before: bigint | undefined; readonly limit: number },
): Promise<FactorChangeList> {
  try {
    return await ask(zitadel, caller, search);
  } catch (error) {
    if (findCause(error, UpstreamFault)?.kind !== 'tooLarge') throw error;
    return await ask(zitadel, caller, { ...search, limit: Math.ceil(search.limit / smallerLists) });
  }
}

async function ask(
  zitadel: Zitadel,
  caller: AsCaller,
  { before, limit }: { readonly before: bigint | undefined; readonly limit: number },
): Promise<FactorChangeList> {
  const { events } = await zitadel.admin.listEvents(
    {
      limit,
      asc: false,
      eventTypes: [...factorChangeTypes],
      ...(before !== undefined && {
        creationDateFilter: { case: 'range', value: { until: fromNanoseconds(before) } },
      }),
    },
    caller,
  );
  return {
    changes: events.map(toFactorChange).filter((change) => change !== undefined),
    moments: events.map(({ creationDate }) => (creationDate ? toNanoseconds(creationDate) : 0n)),
    isFull: events.length >= limit,
    hasBeginning: events.some(({ type }) => type?.type === beginning),
  };
}

/** When the oldest event happened that ZITADEL keeps; undefined without any. @throws ConnectError, UpstreamFault */
export async function readOldestMoment(zitadel: Zitadel, caller: AsCaller): Promise<bigint | undefined> {
  const { events } = await zitadel.admin.listEvents({ limit: 1, asc: true }, caller);
  const [oldest] = events;
  return oldest?.creationDate && toNanoseconds(oldest.creationDate);
}
