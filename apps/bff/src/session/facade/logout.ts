import { spaClient } from '@latchkey/contract/paths';
import type { Request, RequestHandler, Response } from 'express';
import { describeError } from '../../http/describe-error.ts';
import { clearSessionCookie } from '../cookies.ts';
import type { SessionParts } from '../session-parts.ts';
import { findOpenSession } from '../session-step.ts';
import { endSession } from '../sign-out/end-session.ts';
import { randomSecret } from '../vault/secrets.ts';
import { seeOther } from './see-other.ts';

/**
 * Signs out here and at ZITADEL, then sends the browser past ZITADEL's sign-in pages, which forget it too. The ID token
 * that names the session there is sent by us and not through the browser: on ZITADEL it alone ends a session.
 */
export function logout(parts: SessionParts): RequestHandler {
  const returnUrl = parts.config.publicUrl + spaClient.postLogoutPath;
  return async function endOwnSession(_req: Request, res: Response): Promise<void> {
    const session = findOpenSession(res);
    clearSessionCookie(res);
    // Not "cookies": the binding cookie of a sign-in in another tab is none of our business here.
    res.setHeader('Clear-Site-Data', '"cache", "storage"');
    if (!session) {
      seeOther(res, spaClient.postLogoutPath);
      return;
    }
    await endSession(parts, session, 'tokensAndSession');
    parts.log.info({ subject: session.row.subject }, 'signed out');
    seeOther(res, await nextLocation());
  };

  async function nextLocation(): Promise<string> {
    try {
      return (await parts.provider.endSessionUrl(returnUrl, randomSecret())).href;
    } catch (error) {
      parts.log.warn({ error: describeError(error) }, 'ZITADEL could not be reached to sign out');
      return spaClient.postLogoutPath;
    }
  }
}
