import type { SecondFactorType } from '@latchkey/contract/login-policy';
import { type QueryClient, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useSession } from '../../session/use-session.ts';
import { byEvents, byPeople, type CountState, countReliance } from './count-reliance.ts';
import { isFresh, keepReliance, keptReliance } from './kept-reliance.ts';
import type { Reliance } from './reliance.ts';

const relianceKey = (type: SecondFactorType) => ['reliance', type];
/** Where counts stand: one of events for all types, one of people for each. */
const stateKey = (type: SecondFactorType, way: CountState['way']) => ['relianceState', way === 'events' ? '' : type];

/** How far the count is, and the buttons for it. `error` is what stopped it, if anything did. */
export type RelianceCount = {
  readonly reliance: Reliance | null;
  readonly isCounting: boolean;
  readonly error: unknown;
  /** Counts, from where it was left off. @param way `people`: one by one, although events were read */
  readonly start: (way?: 'people') => void;
  readonly stop: () => void;
};

/**
 * Counts who relies on a second factor type, slice after slice while somebody looks, from where it was left off. A
 * result is kept for an hour, with its time.
 */
export function useRelianceCount(type: SecondFactorType): RelianceCount {
  const client = useQueryClient();
  const subject = useSession()?.profile.sub ?? '';
  const { data = null } = useQuery<Reliance | null>({
    queryKey: relianceKey(type),
    queryFn: skipToken,
    initialData: () => keptReliance(subject, type, Date.now()),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [isCounting, setIsCounting] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const running = useRef<AbortController | null>(null);

  const stop = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setIsCounting(false);
  }, []);

  const start = useCallback(
    (way?: 'people') => {
      if (running.current !== null) return;
      const control = new AbortController();
      running.current = control;
      setIsCounting(true);
      setError(null);
      run(client, subject, type, stateToGoOnFrom(client, type, way), control.signal)
        .catch((reason: unknown) => {
          if (!control.signal.aborted) setError(reason);
        })
        .finally(() => {
          if (running.current === control) stop();
        });
    },
    [client, subject, type, stop],
  );

  useEffect(() => stop, [stop]);
  return { reliance: data, isCounting, error, start, stop };
}

/** A stopped count goes on; one that is done, or an hour old, begins anew. */
function stateToGoOnFrom(client: QueryClient, type: SecondFactorType, way: 'people' | undefined): CountState {
  const people = client.getQueryData<CountState>(stateKey(type, 'people'));
  if (people) return people;
  if (way === 'people') return byPeople;
  return client.getQueryData<CountState>(stateKey(type, 'events')) ?? byEvents();
}

async function run(
  client: QueryClient,
  subject: string,
  type: SecondFactorType,
  from: CountState,
  signal: AbortSignal,
): Promise<void> {
  for await (const { state, reliances } of countReliance(type, from, signal)) {
    if (signal.aborted) return;
    const isDone = reliances.some(({ extent }) => extent !== 'part');
    const key = stateKey(type, state.way);
    if (isDone) client.removeQueries({ queryKey: key });
    else client.setQueryData(key, state);
    for (const reliance of reliances) {
      if (reliance.type !== type && !isDone) continue;
      client.setQueryData(relianceKey(reliance.type), reliance);
      if (isDone) keepReliance(subject, reliance);
    }
  }
}

/** Whether there is nothing to count: what is known is complete and not older than an hour. */
export const isKept = (reliance: Reliance | null): reliance is Reliance =>
  reliance !== null && isFresh(reliance, Date.now());
