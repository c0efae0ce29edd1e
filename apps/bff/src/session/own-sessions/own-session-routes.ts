import { apiRoutes } from '@latchkey/contract/paths';
import { type OwnSessionList, SessionName } from '@latchkey/contract/session';
import { type Request, type Response, Router } from 'express';
import { methodNotAllowed } from '../../http/error-handler.ts';
import { parseInput } from '../../http/parse-input.ts';
import { Problem } from '../../http/problem.ts';
import { currentSession } from '../current-session.ts';
import type { SessionParts } from '../session-parts.ts';
import { idleEnd } from '../session-record.ts';
import { endSessions, listSessions } from '../session-store.ts';

/** One's own Latchkey sessions: which there are, and an end to one or to all others (OWASP ASVS 5.0, 7.5.2). */
export function ownSessionRoutes(parts: SessionParts): Router {
  const router = Router();

  async function list(_req: Request, res: Response): Promise<void> {
    res.json(await describeSessions(parts, res));
  }

  async function endOne(req: Request, res: Response): Promise<void> {
    const sessionId = parseInput(SessionName, req.params.sessionId);
    const own = await listSessions(parts, currentSession(res).subject);
    if (!own.some((row) => row.id_hash === sessionId)) throw new Problem('not_found');
    await endSessions(parts, { idHashes: [sessionId] });
    res.json(await describeSessions(parts, res));
  }

  async function endOthers(_req: Request, res: Response): Promise<void> {
    const { subject, idHash } = currentSession(res);
    const own = await listSessions(parts, subject);
    await endSessions(parts, { idHashes: own.map((row) => row.id_hash).filter((name) => name !== idHash) });
    res.json(await describeSessions(parts, res));
  }

  router.route(apiRoutes.ownSessions).get(list).delete(endOthers).all(methodNotAllowed('GET', 'DELETE'));
  router.route(apiRoutes.ownSession).delete(endOne).all(methodNotAllowed('DELETE'));
  return router;
}

async function describeSessions(parts: SessionParts, res: Response): Promise<OwnSessionList> {
  const { subject, idHash } = currentSession(res);
  const rows = await listSessions(parts, subject);
  const toTime = (milliseconds: number) => new Date(milliseconds).toISOString();
  return {
    sessions: rows.map((row) => ({
      sessionId: row.id_hash,
      current: row.id_hash === idHash,
      browser: row.browser,
      createdAt: toTime(row.created_at),
      lastSeenAt: toTime(row.last_seen_at),
      endsAt: toTime(Math.min(idleEnd(row), row.absolute_end)),
    })),
  };
}
