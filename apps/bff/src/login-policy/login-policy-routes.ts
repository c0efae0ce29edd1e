import { SecondFactorType } from '@latchkey/contract/login-policy';
import { apiRoutes } from '@latchkey/contract/paths';
import { ReasonBody } from '@latchkey/contract/removal';
import { Router } from 'express';
import { actorOf } from '../guard/actor.ts';
import { parseInput } from '../http/parse-input.ts';
import {
  addSecondFactor,
  getLoginPolicy,
  type LoginPolicyOptions,
  removeSecondFactor,
} from './login-policy-service.ts';

/** The instance's login policy, and which second factor types it allows. */
export function loginPolicyRoutes(options: LoginPolicyOptions): Router {
  const router = Router();
  router.get(apiRoutes.loginPolicy, async (req, res) => {
    res.json(await getLoginPolicy(options, actorOf(req, res)));
  });
  router.delete(apiRoutes.secondFactor, async (req, res) => {
    const type = parseInput(SecondFactorType, req.params.type);
    const why = parseInput(ReasonBody, req.body);
    res.json(await removeSecondFactor(options, actorOf(req, res), type, why));
  });
  router.put(apiRoutes.secondFactor, async (req, res) => {
    const type = parseInput(SecondFactorType, req.params.type);
    const why = parseInput(ReasonBody, req.body);
    res.json(await addSecondFactor(options, actorOf(req, res), type, why));
  });
  return router;
}
