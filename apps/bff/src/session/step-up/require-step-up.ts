import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Problem } from '../../http/problem.ts';
import { currentSession } from '../current-session.ts';
import type { SessionParts } from '../session-parts.ts';
import { intentOf } from './intent-of.ts';

// How far ahead ZITADEL's clock may be. Further, and `auth_time` says nothing about how fresh it is.
const clockTolerance = 60;

/**
 * Lets changes pass only soon after a sign-in, by `auth_time` of the verified ID token (OWASP ASVS 5.0, 7.5.3). It stands
 * before every changing route, so that a new one is not forgotten. Whether a second factor was used is ZITADEL's to say:
 * it refuses every call of somebody who has one and did not use it (zitadel-oidc.md, 2), which becomes the same problem.
 * For passkeys it does not: see `requireSecondFactor`.
 *
 * @throws Problem `step_up_required`
 */
export function requireStepUp({ config, clock }: SessionParts): RequestHandler {
  return function refuseStaleSignIn(req: Request, res: Response, next: NextFunction): void {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      const { authTime, intent } = currentSession(res);
      const age = clock() / 1000 - authTime;
      const fresh = age >= -clockTolerance && age <= config.sessions.stepUp;
      // A sign-in that was asked for one thing must not open another to a script in the page.
      const meant = intent === null || intent === intentOf(req.originalUrl);
      if (!fresh || !meant) throw new Problem('step_up_required');
    }
    next();
  };
}
