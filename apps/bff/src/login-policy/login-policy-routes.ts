import { SecondFactorType } from '@latchkey/contract/login-policy';
import { apiRoutes } from '@latchkey/contract/paths';
import { ReasonBody } from '@latchkey/contract/removal';
import { Router } from 'express';
import { actorOf } from '../guard/actor.ts';
import { parseInput } from '../http/parse-input.ts';
import type { Zitadel } from '../zitadel/client.ts';
import { addSecondFactor, getLoginPolicy, removeSecondFactor } from './login-policy-service.ts';

/** The instance's login policy, and which second factor types it allows. */
export function loginPolicyRoutes({ zitadel }: { readonly zitadel: Zitadel }): Router {
  const router = Router();
  router.get(apiRoutes.loginPolicy, async (_req, res) => {
    res.json(await getLoginPolicy(zitadel, actorOf(res)));
  });
  router.delete(apiRoutes.secondFactor, async (req, res) => {
    const type = parseInput(SecondFactorType, req.params.type);
    parseInput(ReasonBody, req.body);
    res.json(await removeSecondFactor(zitadel, actorOf(res), type));
  });
  router.put(apiRoutes.secondFactor, async (req, res) => {
    const type = parseInput(SecondFactorType, req.params.type);
    parseInput(ReasonBody, req.body);
    res.json(await addSecondFactor(zitadel, actorOf(res), type));
  });
  return router;
}
