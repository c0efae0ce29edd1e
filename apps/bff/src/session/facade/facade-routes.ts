import { callbackPath, oidcPaths } from '@latchkey/contract/paths';
import { Router } from 'express';
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
 */
export function facadeRoutes(parts: SessionParts): Router {
  const router = Router();
  const findSession = session(parts);
  router.route(oidcPaths.authorize).get(findSession, authorize(parts)).all(methodNotAllowed('GET'));
  router.route(callbackPath).get(callback(parts)).all(methodNotAllowed('GET'));
  router.route(oidcPaths.token).post(formBody('8kb'), token(parts)).all(methodNotAllowed('POST'));
  router.route(oidcPaths.userinfo).get(findSession, userinfo).all(methodNotAllowed('GET'));
  router.route(oidcPaths.logout).get(findSession, logout(parts)).all(methodNotAllowed('GET'));
  return router;
}
