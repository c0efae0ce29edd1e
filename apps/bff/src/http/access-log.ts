import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { requestIdOf } from './request-id.ts';

/**
 * One line a request. Only the path is logged: the query of a callback holds a code and a state, and no header is
 * logged at all, so there is nothing to redact.
 */
export function accessLog(log: Logger): RequestHandler {
  return function logRequest(req: Request, res: Response, next: NextFunction): void {
    const startedAt = performance.now();
    const path = req.path;
    res.on('close', () => {
      const milliseconds = Math.round(performance.now() - startedAt);
      const aborted = !res.writableFinished;
      log.info({
        requestId: requestIdOf(res),
        method: req.method,
        path,
        status: res.statusCode,
        milliseconds,
        aborted,
      });
    });
    next();
  };
}
