import { Id } from '@latchkey/contract/id';
import { apiRoutes } from '@latchkey/contract/paths';
import { CallerCodeBody, CallerCodeCheckBody } from '@latchkey/contract/reset';
import { Router } from 'express';
import { idempotent } from '../changes/idempotent.ts';
import { actorOf } from '../guard/actor.ts';
import { parseInput } from '../http/parse-input.ts';
import { checkCallerCode } from './check-caller-code.ts';
import { type CallerCodeParts, sendCallerCode } from './send-caller-code.ts';

/** A code to the caller: sent, and checked. */
export function callerCodeRoutes(parts: CallerCodeParts): Router {
  const router = Router();
  router.post(
    apiRoutes.callerCodes,
    idempotent<{ userId: string }>(parts, async (req, res) => {
      const userId = parseInput(Id, req.params.userId);
      return await sendCallerCode(parts, actorOf(req, res), userId, parseInput(CallerCodeBody, req.body).channel);
    }),
  );
  // Not by idempotency key: a hash of the request is kept with it, and from that the digits could be found. Of a code
  // that was right a second check says so again anyway.
  router.post(apiRoutes.callerCodeCheck, async (req, res) => {
    const userId = parseInput(Id, req.params.userId);
    const callerCodeId = parseInput(Id, req.params.callerCodeId);
    const { code } = parseInput(CallerCodeCheckBody, req.body);
    res.json(await checkCallerCode(parts, actorOf(req, res), { userId, callerCodeId }, code));
  });
  return router;
}
