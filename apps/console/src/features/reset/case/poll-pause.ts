import type { Reset } from '@latchkey/contract/reset';

/** Reads are limited by the minute, and the page reads more than this. */
const whileRunning = 1_000;
/** A run that takes this long waits for something slow: asking as often as at its start only adds to that. */
const longRun = 20_000;
const whileItDrags = 2_000;
const whileSomebodyDecides = 5_000;
const whileItRests = 15_000;

/**
 * How long to wait before a case is asked for again, in milliseconds; false once nothing can happen to it any more.
 *
 * @param now epoch milliseconds
 */
export function pollPause({ state, changedAt, notice }: Pick<Reset, 'state' | 'changedAt' | 'notice'>, now: number) {
  switch (state) {
    case 'running':
      return now - Date.parse(changedAt) > longRun ? whileItDrags : whileRunning;
    case 'waiting':
      return whileSomebodyDecides;
    case 'planned':
    case 'interrupted':
    case 'stopped':
      return whileItRests;
    case 'done':
      return notice?.state === 'waiting' ? whileItRests : false;
    case 'refused':
    case 'cancelled':
      return false;
  }
}
