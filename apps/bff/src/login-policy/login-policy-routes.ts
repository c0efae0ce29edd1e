import { FactorChangeSearch } from '@latchkey/contract/factor-changes';
import { SecondFactorType } from '@latchkey/contract/login-policy';
import { apiRoutes } from '@latchkey/contract/paths';
import { SliceSearch } from '@latchkey/contract/policy-reach';
import { PolicyReasonBody } from '@latchkey/contract/removal';
import { Router } from 'express';
import { type IdempotencyOptions, idempotent } from '../changes/idempotent.ts';
import { actorOf } from '../guard/actor.ts';
import { parseInput } from '../http/parse-input.ts';
import { getFactorChanges } from './factor-changes-service.ts';
import {
  addSecondFactor,
  getLoginPolicy,
  type LoginPolicyOptions,
  removeSecondFactor,
} from './login-policy-service.ts';
import { countReliance, getPolicyReach } from './policy-reach-service.ts';

/** The instance's login policy, and which second factor types it allows. */
export function loginPolicyRoutes(options: LoginPolicyOptions & IdempotencyOptions): Router {
  const router = Router();
  router.get(apiRoutes.loginPolicy, async (req, res) => {
    res.json(await getLoginPolicy(options, actorOf(req, res)));
  });
  router.get(apiRoutes.policyReach, async (req, res) => {
    res.json(await getPolicyReach(options, actorOf(req, res), parseInput(SliceSearch, req.query)));
  });
  router.get(apiRoutes.reliance, async (req, res) => {
    const type = parseInput(SecondFactorType, req.params.type);
    res.json(await countReliance(options, actorOf(req, res), type, parseInput(SliceSearch, req.query)));
  });
  router.get(apiRoutes.factorChanges, async (req, res) => {
    res.json(await getFactorChanges(options, actorOf(req, res), parseInput(FactorChangeSearch, req.query)));
  });
  const change = (make: typeof removeSecondFactor) =>
    idempotent<{ type: string }>(options, async (req, res) => {
      const type = parseInput(SecondFactorType, req.params.type);
      const why = parseInput(PolicyReasonBody, req.body);
      return await make(options, actorOf(req, res), type, why);
    });
  router.delete(apiRoutes.secondFactor, change(removeSecondFactor));
  router.put(apiRoutes.secondFactor, change(addSecondFactor));
  return router;
}
