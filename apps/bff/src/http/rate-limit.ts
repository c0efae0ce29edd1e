import { isIPv6 } from 'node:net';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Problem } from './problem.ts';

/** Counts hits in windows that begin with the first hit. */
export interface RateCounter {
  /**
   * @param key what is counted; @param window its length in milliseconds.
   * @returns the hits of this window, this one included, and its end in epoch milliseconds.
   */
  hit(key: string, window: number): Promise<RateCount>;
}

export interface RateCount {
  readonly count: number;
  readonly endsAt: number;
}

export interface RateLimit {
  readonly name: string;
  readonly counter: RateCounter;
  readonly limit: number;
  /** Milliseconds. */
  readonly window: number;
  readonly clock: () => number;
  /** Who is counted; undefined: this request is not. */
  keyOf(req: Request, res: Response): string | undefined;
}

/** @throws Problem `rate_limited`, with `Retry-After`. */
export function rateLimit({ name, counter, limit, window, clock, keyOf }: RateLimit): RequestHandler {
  return async function refuseTooMany(req: Request, res: Response, next: NextFunction): Promise<void> {
    const key = keyOf(req, res);
    if (key !== undefined) {
      const { count, endsAt } = await counter.hit(`${name} ${key}`, window);
      if (count > limit) {
        throw new Problem('rate_limited', { retryAfter: Math.max(1, Math.ceil((endsAt - clock()) / 1000)) });
      }
    }
    next();
  };
}

// Beyond this many keys an attacker is filling the memory; the counts start again rather than the process dies.
const mostKeys = 100_000;

/** For one process: a restart forgives what was counted. */
export function createMemoryCounter(clock: () => number): RateCounter {
  const counts = new Map<string, { count: number; endsAt: number }>();
  return {
    async hit(key, window) {
      const now = clock();
      if (counts.size >= mostKeys) dropExpired(counts, now);
      const running = counts.get(key);
      if (running && running.endsAt > now) {
        running.count += 1;
        return running;
      }
      const begun = { count: 1, endsAt: now + window };
      counts.set(key, begun);
      return begun;
    },
  };
}

function dropExpired(counts: Map<string, RateCount>, now: number): void {
  for (const [key, { endsAt }] of counts) if (endsAt <= now) counts.delete(key);
  if (counts.size >= mostKeys) counts.clear();
}

/**
 * Whom an address stands for: itself, or for IPv6 its /64, of which one household or machine has all.
 *
 * @param address as Express tells it, after the proxies that are trusted.
 */
export function networkOf(address: string | undefined): string {
  if (address === undefined) return 'unknown';
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail] = (address.split('%', 1)[0] ?? '').split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - groups.length - rest.length }, () => '0');
  const all = [...groups, ...zeros, ...rest].map((group) => Number.parseInt(group, 16).toString(16));
  return `${all.slice(0, 4).join(':')}::/64`;
}
