import type { Clock } from '../clock.ts';
import type { Store } from './open-store.ts';
import { createStoreCounter } from './store-counter.ts';

/** After this long a turn is over even if its process died in it, in milliseconds. */
const longestTurn = 60_000;

/** What one at a time may do, in all processes. */
export interface Turn {
  /** @returns false while it is another's. */
  take(): Promise<boolean>;
  /** Does nothing when it was not taken. */
  end(): Promise<void>;
}

/** @param name of what is done in turns. */
export function createTurn(store: Store, clock: Clock, name: string): Turn {
  const counter = createStoreCounter(store, clock);
  const key = `turn ${name}`;
  let taken = false;
  return {
    async take() {
      taken = (await counter.hit(key, longestTurn)).count === 1;
      return taken;
    },
    async end() {
      if (taken) await counter.restart(key);
      taken = false;
    },
  };
}
