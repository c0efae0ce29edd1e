import type { Clock } from '../clock.ts';
import { Problem } from '../http/problem.ts';
import type { Store } from '../store/open-store.ts';
import { createStoreCounter } from '../store/store-counter.ts';

const hour = 3_600_000;

/** How many codes an hour: to one person, and by one agent. Times `LATCHKEY_RATE_SCALE`. */
const most = { person: 5, agent: 20 };

/**
 * Counts a code that is about to be sent, in the database: a restart forgives nothing, and no number of processes helps.
 *
 * @throws Problem `rate_limited`
 */
export async function countCode(
  { store, clock, rateScale }: { readonly store: Store; readonly clock: Clock; readonly rateScale: number },
  { agentId, userId }: { readonly agentId: string; readonly userId: string },
): Promise<void> {
  const counter = createStoreCounter(store, clock);
  const counts = [
    [most.agent, `caller-codes/agent ${agentId}`],
    [most.person, `caller-codes/person ${userId}`],
  ] as const;
  for (const [limit, key] of counts) {
    const { count, endsAt } = await counter.hit(key, hour);
    if (count <= Math.ceil(limit * rateScale)) continue;
    throw new Problem('rate_limited', { retryAfter: Math.max(1, Math.ceil((endsAt - clock()) / 1000)) });
  }
}
