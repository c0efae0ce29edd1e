import { Id } from '@latchkey/contract/id';
import { apiRoutes } from '@latchkey/contract/paths';
import { ReasonBody } from '@latchkey/contract/removal';
import { Router } from 'express';
import { type IdempotencyOptions, idempotent } from '../changes/idempotent.ts';
import { actorOf } from '../guard/actor.ts';
import { parseInput } from '../http/parse-input.ts';
import { endUserSession, getSessions, type SessionServiceOptions } from './session-service.ts';

/** A user's sessions in ZITADEL: the list, and the end of one. */
export function userSessionRoutes(options: SessionServiceOptions & IdempotencyOptions): Router {
  const router = Router();
  router.get(apiRoutes.userSessions, async (req, res) => {
    res.json(await getSessions(options, actorOf(req, res), parseInput(Id, req.params.userId)));
  });
  router.delete(
    apiRoutes.userSession,
    idempotent<{ userId: string; sessionId: string }>(options, async (req, res) => {
      const userId = parseInput(Id, req.params.userId);
      const sessionId = parseInput(Id, req.params.sessionId);
      return await endUserSession(options, actorOf(req, res), userId, sessionId, parseInput(ReasonBody, req.body));
    }),
  );
  return router;
}
