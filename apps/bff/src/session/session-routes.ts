import { sessionPath } from '@latchkey/contract/paths';
import type { Session } from '@latchkey/contract/session';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { methodNotAllowed } from '../http/error-handler.ts';
import { Problem } from '../http/problem.ts';
import type { SessionParts } from './session-parts.ts';
import { idleEnd } from './session-record.ts';
import { csrfHandleOf, findOpenSession, requireSession, session } from './session-step.ts';

/** `GET /bff/session[?peek=1]`: who is signed in and until when; `peek` does not put the idle end off. */
export function sessionRoutes(parts: SessionParts, limit: RequestHandler): Router {
  const router = Router();
  router
    .route(sessionPath)
    .get(session(parts), limit, requireSession, (_req: Request, res: Response) => {
      res.json(describeSession(parts, res));
    })
    .all(methodNotAllowed('GET'));
  return router;
}

function describeSession({ config }: SessionParts, res: Response): Session {
  const found = findOpenSession(res);
  if (!found) throw new Problem('no_session');
  const { row, content, secret } = found;
  return {
    profile: content.profile,
    csrf: csrfHandleOf(secret),
    instance: new URL(config.issuer).host,
    authTime: toTime(row.auth_time * 1000),
    stepUpEndsAt: toTime((row.auth_time + config.sessions.stepUp) * 1000),
    idleEndsAt: toTime(Math.min(idleEnd(row), row.absolute_end)),
    absoluteEndsAt: toTime(row.absolute_end),
  };
}

const toTime = (milliseconds: number): string => new Date(milliseconds).toISOString();
