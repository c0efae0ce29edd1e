import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Problem } from '../http/problem.ts';
import { clearSessionCookie, readSessionCookie } from './cookies.ts';
import { currentSession, findCurrentSession, setCurrentSession } from './current-session.ts';
import type { SessionParts } from './session-parts.ts';
import { type OpenSession, sessionOver } from './session-record.ts';
import { findSession, touchSession } from './session-store.ts';
import { createAccessTokens } from './session-tokens.ts';
import { endSession } from './sign-out/end-session.ts';
import { derive, sameSecret } from './vault/secrets.ts';

const openSessions = new WeakMap<Response, OpenSession>();
const overdue = new WeakSet<Response>();

/**
 * Finds the session of the request's cookie. One that is over is signed out at ZITADEL now that its cookie is here.
 * The idle end moves with every request but those that say `peek=1`: a page that polls is not a person.
 */
export function session(parts: SessionParts): RequestHandler {
  return async function findRequestSession(req: Request, res: Response, next: NextFunction): Promise<void> {
    const cookie = readSessionCookie(req);
    const found = cookie && (await findSession(parts, cookie));
    if (found) await adoptSession(parts, found, req, res);
    next();
  };
}

/** @throws Problem `no_session`, or `session_expired` for a session that was there and is over. */
export function requireSession(_req: Request, res: Response, next: NextFunction): void {
  if (overdue.has(res)) throw new Problem('session_expired');
  currentSession(res);
  next();
}

/** Changes carry the handle that only our own page can know, in `X-CSRF`. */
export function csrf(req: Request, res: Response, next: NextFunction): void {
  const changes = req.method !== 'GET' && req.method !== 'HEAD';
  if (changes && !sameSecret(req.get('x-csrf') ?? '', currentSession(res).csrf)) throw new Problem('csrf');
  next();
}

/** The whole session, for the session room itself. */
export function findOpenSession(res: Response): OpenSession | undefined {
  return findCurrentSession(res) && openSessions.get(res);
}

/** Follows from the cookie's secret half, so that it need not be kept. */
export const csrfHandleOf = (secret: string): string => derive(secret, 'csrf');

async function adoptSession(parts: SessionParts, found: OpenSession, req: Request, res: Response): Promise<void> {
  const over = sessionOver(found.row, parts.clock());
  if (over) {
    parts.log.info({ subject: found.row.subject, over }, 'session over');
    await endSession(parts, found, 'tokensAndSession');
    clearSessionCookie(res);
    overdue.add(res);
    return;
  }
  const row = req.query.peek === '1' ? found.row : await touchSession(parts, found.row);
  openSessions.set(res, { ...found, row });
  setCurrentSession(res, {
    idHash: row.id_hash,
    subject: row.subject,
    csrf: csrfHandleOf(found.secret),
    authTime: row.auth_time,
    amr: row.amr === '' ? [] : row.amr.split(' '),
    intent: row.intent,
    accessTokens: createAccessTokens(parts, found),
  });
}
