import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Metrics } from './metrics.ts';

/** Measures each request under the template of its route, so that ids do not become labels. */
export function measureRequests({ requests }: Metrics): RequestHandler {
  return function measureRequest(req: Request, res: Response, next: NextFunction): void {
    const end = requests.startTimer({ method: knownMethods.has(req.method) ? req.method : 'other' });
    res.on('finish', () => end({ route: routeOf(req), status: res.statusCode }));
    next();
  };
}

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

function routeOf(req: Request): string {
  const path: unknown = req.route?.path;
  return typeof path === 'string' ? path : 'other';
}
