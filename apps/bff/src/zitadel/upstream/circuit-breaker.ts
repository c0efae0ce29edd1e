import type { Clock } from '../../clock.ts';
import { UpstreamFault } from './upstream-fault.ts';

const failuresToOpen = 5;
const failuresWithinMs = 30_000;
const openForMs = 5_000;

/** What is counted against ZITADEL's being there; an answer of any kind, an error too, is one. */
const counted: ReadonlySet<UpstreamFault['kind']> = new Set(['unreachable', 'timeout', 'reset']);

/**
 * Answers at once, with `circuitOpen`, while ZITADEL is away: after five failures without an answer in thirty seconds,
 * for five seconds. Then one call is let through to see; the others wait for what becomes of it. Otherwise each request
 * of each open page would hang for ten seconds and hold a connection.
 *
 * @returns what to put before each fetch to the same server; all of them share the circuit.
 */
export function createCircuit(clock: Clock): (next: typeof fetch) => typeof fetch {
  let failures: number[] = [];
  let openUntil = 0;
  let probing = false;
  return (next) => async (input, init) => {
    const now = clock();
    const isOpen = openUntil > 0;
    if (isOpen && (now < openUntil || probing)) {
      throw new UpstreamFault('circuitOpen', 'it failed too often in the last seconds');
    }
    probing = isOpen;
    try {
      const answer = await next(input, init);
      failures = [];
      openUntil = 0;
      return answer;
    } catch (error) {
      if (error instanceof UpstreamFault && counted.has(error.kind)) {
        failures = [...failures.filter((at) => at > now - failuresWithinMs), now];
        if (failures.length >= failuresToOpen) openUntil = clock() + openForMs;
      }
      throw error;
    } finally {
      if (isOpen) probing = false;
    }
  };
}
