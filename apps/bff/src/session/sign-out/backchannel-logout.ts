import { backchannelLogoutPath } from '@latchkey/contract/paths';
import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import { describeError } from '../../http/describe-error.ts';
import { methodNotAllowed } from '../../http/error-handler.ts';
import { formBody } from '../../http/json-body.ts';
import { Problem } from '../../http/problem.ts';
import type { SessionParts } from '../session-parts.ts';
import { hash } from '../vault/secrets.ts';
import { createLogoutTokenVerifier, type LogoutNotice, LogoutTokenError } from './verify-logout-token.ts';

/**
 * Where ZITADEL tells us that a session has ended there. It does not do so for a lock, a deactivation or a changed
 * password, nor to an address on a private network (zitadel-oidc.md, 6), so nothing may depend on it.
 */
export function backchannelLogoutRoutes(parts: SessionParts): Router {
  const router = Router();
  router
    .route(backchannelLogoutPath)
    .post(refuseBrowsers, formBody('16kb'), receiveLogoutToken(parts))
    .all(methodNotAllowed('POST'));
  return router;
}

/**
 * ZITADEL sends neither cookies nor Fetch Metadata; a browser always says at least from which site, so no page can make
 * one's own browser deliver a stolen token. Node's own client says `Sec-Fetch-Mode: cors` and nothing else.
 */
function refuseBrowsers(req: Request, _res: Response, next: NextFunction): void {
  const metadata = Object.keys(req.headers).filter((name) => name.startsWith('sec-fetch-'));
  const harmless = metadata.every((name) => name === 'sec-fetch-mode' && req.headers[name] === 'cors');
  if (!harmless || req.headers.cookie !== undefined) throw new Problem('cross_site');
  next();
}

function receiveLogoutToken(parts: SessionParts): RequestHandler {
  const verify = createLogoutTokenVerifier(parts);
  return async function endNotifiedSessions(req: Request, res: Response): Promise<void> {
    const token: unknown = req.body?.logout_token;
    try {
      if (typeof token !== 'string') throw new LogoutTokenError('there is no token');
      const notice = await verify(token);
      const count = await endOnce(parts, notice);
      parts.log.info({ subject: notice.subject, count }, 'back-channel logout');
      res.status(200).end();
    } catch (error) {
      if (!(error instanceof LogoutTokenError)) throw error;
      parts.log.warn({ error: describeError(error) }, 'back-channel logout refused');
      // Final for ZITADEL, which tries a 5xx again but not a 400.
      res.status(400).json({ error: 'invalid_request' });
    }
  };
}

/**
 * Remembers the token and ends the sessions in one transaction: what fails half-way may be delivered again, what was
 * done may not, because somebody may have signed in with the same `sid` since.
 */
async function endOnce({ store, clock }: SessionParts, notice: LogoutNotice): Promise<number> {
  const { jti, sid, subject, expiresAt } = notice;
  return store.transaction().execute(async (transaction) => {
    const remembered = await transaction
      .insertInto('logout_tokens')
      .values({ jti_hash: hash(jti), expires_at: Math.max(expiresAt, clock() + 60_000) })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (Number(remembered.numInsertedOrUpdatedRows ?? 0) === 0) throw new LogoutTokenError('the token was used before');
    let ended = transaction.updateTable('sessions').set({ ended: 'ended' }).where('ended', 'is', null);
    if (sid !== undefined) ended = ended.where('sid', '=', sid);
    if (subject !== undefined) ended = ended.where('subject', '=', subject);
    return Number((await ended.executeTakeFirst()).numUpdatedRows);
  });
}
