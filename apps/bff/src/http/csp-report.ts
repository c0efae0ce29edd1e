import express, { type NextFunction, type Request, type Response, Router } from 'express';
import type { Logger } from 'pino';
import { createMemoryCounter, networkOf } from './rate-limit.ts';
import { cspReportPath } from './security-headers.ts';

const textLimit = 200;

const minute = 60_000;

export interface CspReportOptions {
  readonly log: Logger;
  readonly clock: () => number;
  /** `LATCHKEY_RATE_SCALE` */
  readonly scale: number;
  /** Told of each report that is taken. */
  onReport(): void;
}

/**
 * Takes what browsers report of violated policies: there should be none, so each is worth a line in the log. Anybody may
 * send some: one address 20 a minute, and of all of them together no more than 60 a minute make a line.
 */
export function cspReportRoutes({ log, clock, scale, onReport }: CspReportOptions): Router {
  const router = Router();
  const counter = createMemoryCounter(clock);
  const isWithin = async (key: string, most: number) =>
    (await counter.hit(key, minute)).count <= Math.ceil(most * scale);
  async function refuseTooMany(req: Request, res: Response, next: NextFunction): Promise<void> {
    if (await isWithin(`from ${networkOf(req.ip)}`, 20)) next();
    else res.status(429).end();
  }
  const body = express.json({ limit: '8kb', type: ['application/csp-report', 'application/json'], inflate: false });
  router.post(cspReportPath, refuseTooMany, body, async (req: Request, res: Response) => {
    onReport();
    if (await isWithin('lines', 60)) log.warn({ report: pick(req.body) }, 'content security policy violated');
    res.status(204).end();
  });
  return router;
}

/** Only where and what; the addresses without their queries, in which a handle may stand. */
function pick(body: unknown): Record<string, string> {
  const report: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'csp-report') : undefined;
  if (typeof report !== 'object' || report === null) return {};
  return Object.fromEntries(
    ['document-uri', 'blocked-uri', 'violated-directive', 'effective-directive', 'source-file'].flatMap((field) => {
      const value: unknown = Reflect.get(report, field);
      if (typeof value !== 'string') return [];
      return [
        [
          field,
          value
            .replace(/[?#].*$/s, '')
            .slice(0, textLimit)
            .replace(/\p{C}/gu, ' '),
        ],
      ];
    }),
  );
}
