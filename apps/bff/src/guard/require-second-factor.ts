import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Problem } from '../http/problem.ts';
import type { Zitadel } from '../zitadel/client.ts';
import { readHeldKinds } from '../zitadel/read/read-held-kinds.ts';
import { readSignInRules } from '../zitadel/read/read-login-policy.ts';
import { readUser } from '../zitadel/read/read-user.ts';
import { toProblem } from '../zitadel/to-problem.ts';
import { type Actor, actorOf } from './actor.ts';

/**
 * Lets nobody change anything with a password who has a passkey. Of people with a second factor ZITADEL itself takes no
 * call without it; a passkey does not count for it there (zitadel-oidc.md, 2), so that a stolen password would be enough
 * against the very people who are best protected.
 *
 * @throws Problem `step_up_required`
 */
export function requireSecondFactor(zitadel: Zitadel): RequestHandler {
  return async function refusePasswordAlone(req: Request, res: Response, next: NextFunction): Promise<void> {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      const actor = actorOf(req, res);
      if (!actor.amr.includes('mfa') && (await hasUsablePasskey(zitadel, actor))) throw new Problem('step_up_required');
    }
    next();
  };
}

/** A policy that cannot be read counts as one that allows passkeys: it is the stricter of the two. */
async function hasUsablePasskey(zitadel: Zitadel, { caller, userId }: Actor): Promise<boolean> {
  try {
    const user = await readUser(zitadel, caller, userId);
    if (!(await readHeldKinds(zitadel, caller, user)).has('passkey')) return false;
    const rules = await readSignInRules(zitadel, caller, user.organisationId);
    return rules?.passwordlessAllowed ?? true;
  } catch (error) {
    throw toProblem(error);
  }
}
