import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { Problem } from './problem.ts';

const bodyLimit = '8kb';

/**
 * Changes come as JSON and nothing else: a form of another site can send `text/plain` or `urlencoded` without a
 * preflight, JSON it cannot.
 */
export function requireJson(req: Request, _res: Response, next: NextFunction): void {
  const changes = req.method !== 'GET' && req.method !== 'HEAD';
  if (changes && !req.is('application/json')) throw new Problem('unsupported_media_type');
  next();
}

/** Reads a JSON body of at most 8 kB. */
export const jsonBody: RequestHandler = express.json({ limit: bodyLimit, type: 'application/json', inflate: false });

/** Reads a form body of at most `limit`: the token endpoint and back-channel logout take nothing else. */
export function formBody(limit: '8kb' | '16kb'): RequestHandler {
  return express.urlencoded({ extended: false, limit, inflate: false });
}
