import type { SecondFactorType } from '@latchkey/contract/login-policy';
import { apiPaths } from '@latchkey/contract/paths';
import { RelianceSlice } from '@latchkey/contract/policy-reach';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { read } from '../../api/bff-client.ts';
import { addSlice, nothingCounted, type Reliance } from './reliance.ts';

const hour = 3_600_000;
/** Slices are asked for one a second: counting people must not slow those who serve them. */
const pauseBetweenSlices = 1_000;

const relianceKey = (type: SecondFactorType) => ['reliance', type];

/** How far the count is, and the buttons for it. `error` is what stopped it, if anything did. */
export type RelianceCount = {
  readonly reliance: Reliance | null;
  readonly isCounting: boolean;
  readonly error: unknown;
  readonly start: () => void;
  readonly stop: () => void;
};

/**
 * Counts who relies on a second factor type, slice after slice while somebody looks, from where it was left off. A
 * result is kept for an hour, with its time.
 */
export function useRelianceCount(type: SecondFactorType): RelianceCount {
  const client = useQueryClient();
  const kept = useQuery<Reliance | null>({
    queryKey: relianceKey(type),
    queryFn: () => null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: hour,
  }).data;
  const [isCounting, setIsCounting] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const running = useRef<AbortController | null>(null);

  const stop = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setIsCounting(false);
  }, []);

  const start = useCallback(() => {
    stop();
    const control = new AbortController();
    running.current = control;
    setIsCounting(true);
    setError(null);
    const before = client.getQueryData<Reliance | null>(relianceKey(type)) ?? null;
    const from = before?.next == null ? nothingCounted : before;
    count(type, from, control.signal, (reliance) => client.setQueryData(relianceKey(type), reliance))
      .catch((reason: unknown) => {
        if (!control.signal.aborted) setError(reason);
      })
      .finally(() => {
        if (running.current === control) stop();
      });
  }, [client, type, stop]);

  useEffect(() => stop, [stop]);
  return { reliance: kept ?? null, isCounting, error, start, stop };
}

async function count(
  type: SecondFactorType,
  from: Reliance,
  signal: AbortSignal,
  onSlice: (reliance: Reliance) => void,
): Promise<void> {
  let reliance = from;
  while (reliance.next !== null) {
    const slice = await read(`${apiPaths.reliance(type)}?offset=${reliance.next}`, RelianceSlice, signal);
    reliance = addSlice(reliance, slice);
    onSlice(reliance);
    if (reliance.next !== null) await pause(pauseBetweenSlices, signal);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
