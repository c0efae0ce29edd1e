import express, { type Request, type Response, Router } from 'express';
import type { Logger } from 'pino';
import { cspReportPath } from './security-headers.ts';

const textLimit = 200;

/** Takes what browsers report of violated policies: there should be none, so each is worth a line in the log. */
export function cspReportRoutes(log: Logger, onReport: () => void): Router {
  const router = Router();
  const body = express.json({ limit: '8kb', type: ['application/csp-report', 'application/json'], inflate: false });
  router.post(cspReportPath, body, (req: Request, res: Response) => {
    onReport();
    log.warn({ report: pick(req.body) }, 'content security policy violated');
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
