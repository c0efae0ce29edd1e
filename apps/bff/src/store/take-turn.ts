import type { Clock } from '../clock.ts';
import type { Store } from './open-store.ts';
import { createStoreCounter } from './store-counter.ts';

/** After this long a turn is over even if its process died in it, in milliseconds. */
export const longestTurn = 60_000;

/** What one at a time may do, in all processes. */
export interface Turn {
  /** @returns false while it is another's. */
  take(): Promise<boolean>;
  /** Does nothing when it was not taken, or ran out: by then it may be another's. */
  end(): Promise<void>;
}

/** @param name of what is done in turns. */
export function createTurn(store: Store, clock: Clock, name: string): Turn {
  const counter = createStoreCounter(store, clock);
  const key = `turn ${name}`;
  /** When the turn runs out, which tells it from every later one: that begins no sooner. */
  let endsAt: number | undefined;
  return {
    async take() {
      const hit = await counter.hit(key, longestTurn);
      endsAt = hit.count === 1 ? hit.endsAt : undefined;
      return endsAt !== undefined;
    },
    async end() {
      if (endsAt !== undefined) await counter.restart(key, endsAt);
      endsAt = undefined;
    },
  };
}
