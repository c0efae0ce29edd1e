import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { NextFunction, Request, Response } from 'express';
import { requestIdOf } from '../http/request-id.ts';
import { tracer } from './in-span.ts';

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Makes each request a span, under the template of its route: a path holds ids of people, a query codes and searches.
 * The request id joins it to the log, where who did what may be read by those who may read the log.
 */
export function traceRequests(req: Request, res: Response, next: NextFunction): void {
  const method = knownMethods.has(req.method) ? req.method : 'other';
  const attributes = { 'http.request.method': method, 'latchkey.request_id': requestIdOf(res) };
  tracer.startActiveSpan(method, { kind: SpanKind.SERVER, attributes, root: true }, (span) => {
    res.once('close', () => {
      const route = routeOf(req);
      if (route) {
        span.updateName(`${method} ${route}`);
        span.setAttribute('http.route', route);
      }
      span.setAttribute('http.response.status_code', res.statusCode);
      if (res.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    next();
  });
}

function routeOf(req: Request): string | undefined {
  const path: unknown = req.route?.path;
  return typeof path === 'string' ? path : undefined;
}
