import { FactorRef } from '@latchkey/contract/factor';
import { Id } from '@latchkey/contract/id';
import { apiRoutes } from '@latchkey/contract/paths';
import { ReasonBody } from '@latchkey/contract/removal';
import { type RequestHandler, Router } from 'express';
import { actorOf } from '../guard/actor.ts';
import { parseInput } from '../http/parse-input.ts';
import { type FactorServiceOptions, getFactors, removeUserFactor } from './factor-service.ts';

/** A user's factors: the list, and the removal of one. */
export function factorRoutes(options: FactorServiceOptions): Router {
  const router = Router();
  router.get(apiRoutes.factors, async (req, res) => {
    res.json(await getFactors(options, actorOf(req, res), parseInput(Id, req.params.userId)));
  });
  const remove: RequestHandler<{ userId: string; kind: string; factorId?: string }> = async (req, res) => {
    const { userId, kind, factorId } = req.params;
    // A strict reading: a kind without an id takes none, so that no removal means another than it says.
    const factor = parseInput(FactorRef, factorId === undefined ? { kind } : { kind, id: factorId });
    const why = parseInput(ReasonBody, req.body);
    res.json(await removeUserFactor(options, actorOf(req, res), parseInput(Id, userId), factor, why));
  };
  router.delete(apiRoutes.factor, remove);
  router.delete(apiRoutes.keyFactor, remove);
  return router;
}
