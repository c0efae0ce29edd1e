import { callbackPath, oidcPaths } from '@latchkey/contract/paths';
import { type RequestHandler, Router } from 'express';
import { methodNotAllowed } from '../../http/error-handler.ts';
import { formBody } from '../../http/json-body.ts';
import type { SessionParts } from '../session-parts.ts';
import { session } from '../session-step.ts';
import { authorize } from './authorize.ts';
import { callback } from './callback.ts';
import { logout } from './logout.ts';
import { token } from './token.ts';
import { userinfo } from './userinfo.ts';

/**
 * The OpenID provider that the page sees, on its own origin. Behind it the BFF signs in with ZITADEL as a confidential
 * client; neither ZITADEL's code nor any token passes through the page.
 *
 * @param limits how often a session, or an address without one, may ask; they stand behind the session step.
 */
export function facadeRoutes(
  parts: SessionParts,
  limits: Readonly<Record<'userinfo' | 'logout', RequestHandler>>,
): Router {
  const router = Router();
  const findSession = session(parts);
  router.route(oidcPaths.authorize).get(findSession, authorize(parts)).all(methodNotAllowed('GET'));
  router.route(callbackPath).get(callback(parts)).all(methodNotAllowed('GET'));
  router.route(oidcPaths.token).post(formBody('8kb'), token(parts)).all(methodNotAllowed('POST'));
  router.route(oidcPaths.userinfo).get(findSession, limits.userinfo, userinfo).all(methodNotAllowed('GET'));
  router.route(oidcPaths.logout).get(findSession, limits.logout, logout(parts)).all(methodNotAllowed('GET'));
  return router;
}
