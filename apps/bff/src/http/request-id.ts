import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const ids = new WeakMap<object, string>();

/**
 * Gives each request an id of ours, told in `X-Request-Id`. An id from outside is not taken over: it would end up in
 * logs and error pages.
 */
export function requestId(_req: Request, res: Response, next: NextFunction): void {
  const id = randomUUID();
  ids.set(res, id);
  res.setHeader('X-Request-Id', id);
  next();
}

/** The id that `requestId` gave. */
export function requestIdOf(res: object): string {
  return ids.get(res) ?? 'none';
}
