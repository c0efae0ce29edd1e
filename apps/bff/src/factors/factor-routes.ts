import { FactorRef } from '@latchkey/contract/factor';
import { Id } from '@latchkey/contract/id';
import { apiRoutes } from '@latchkey/contract/paths';
import { ReasonBody } from '@latchkey/contract/removal';
import { Router } from 'express';
import { type IdempotencyOptions, idempotent } from '../changes/idempotent.ts';
import { actorOf } from '../guard/actor.ts';
import { parseInput } from '../http/parse-input.ts';
import { Problem } from '../http/problem.ts';
import { type FactorServiceOptions, getFactors, removeUserFactor } from './factor-service.ts';

/** A user's factors: the list, and the removal of one. */
export function factorRoutes(options: FactorServiceOptions & IdempotencyOptions): Router {
  const router = Router();
  router.get(apiRoutes.factors, async (req, res) => {
    res.json(await getFactors(options, actorOf(req, res), parseInput(Id, req.params.userId)));
  });
  const remove = idempotent<{ userId: string; kind: string; factorId?: string }>(options, async (req, res) => {
    const { userId, kind, factorId } = req.params;
    const factor = parseFactorRef(kind, factorId);
    const why = parseInput(ReasonBody, req.body);
    return await removeUserFactor(options, actorOf(req, res), parseInput(Id, userId), factor, why);
  });
  router.delete(apiRoutes.factor, remove);
  router.delete(apiRoutes.keyFactor, remove);
  return router;
}

/** A kind of which a person has one takes no id, so that no removal means another than its address says. */
function parseFactorRef(kind: string, id: string | undefined): FactorRef {
  const factor = parseInput(FactorRef, id === undefined ? { kind } : { kind, id });
  if (id !== undefined && !('id' in factor)) {
    throw new Problem('invalid_input', { fields: [{ path: 'factorId', message: 'is not taken for this kind' }] });
  }
  return factor;
}
