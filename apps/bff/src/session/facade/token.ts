import { spaClient } from '@latchkey/contract/paths';
import type { Request, RequestHandler, Response } from 'express';
import * as z from 'zod';
import { readBindingCookie, readSessionCookie, type SessionCookie, setSessionCookie } from '../cookies.ts';
import type { SessionParts } from '../session-parts.ts';
import { csrfHandleOf } from '../session-step.ts';
import { createSession, findSession } from '../session-store.ts';
import { endSession } from '../sign-out/end-session.ts';
import { revokeUnused } from '../sign-out/sign-out.ts';
import { secretPattern } from '../vault/secrets.ts';
import { consumeHandle, type FinishedSignIn } from './handles.ts';

const tokenForm = (publicUrl: string) =>
  z.object({
    grant_type: z.literal('authorization_code'),
    client_id: z.literal(spaClient.clientId),
    redirect_uri: z.literal(publicUrl + spaClient.redirectPath),
    code: z.string().regex(secretPattern),
    // RFC 7636, 4.1
    code_verifier: z.string().regex(/^[A-Za-z0-9._~-]{43,128}$/),
  });

/**
 * Turns a handle into a session. What the page's OIDC client takes for an access token is the CSRF handle; the scope
 * must not hold `openid`, or the client would want an ID token.
 *
 * A former session of this browser ends here and not at the callback: there its cookie does not always come along.
 */
export function token(parts: SessionParts): RequestHandler {
  const { config, log } = parts;
  const formSchema = tokenForm(config.publicUrl);
  return async function exchangeHandle(req: Request, res: Response): Promise<void> {
    const form = formSchema.safeParse(req.body);
    if (!form.success) {
      refuse(res, 'invalid_request', 'the form of the request');
      return;
    }
    const { code: handle, code_verifier: verifier } = form.data;
    const finished = await consumeHandle(parts, { handle, verifier, binding: readBindingCookie(req) });
    if (typeof finished === 'string') {
      log.warn({ reason: finished }, 'handle refused');
      parts.metrics.signIns.inc({ result: 'handle' });
      refuse(res, 'invalid_grant', finished);
      return;
    }
    const cookie = await replaceSession(parts, finished, req);
    parts.metrics.signIns.inc({ result: 'done' });
    log.info({ subject: finished.signedIn.subject, amr: finished.signedIn.amr }, 'signed in');
    setSessionCookie(res, cookie);
    res.json({
      access_token: csrfHandleOf(cookie.secret),
      token_type: 'Bearer',
      expires_in: config.sessions.absolute,
      scope: spaClient.scope,
    });
  };
}

async function replaceSession(parts: SessionParts, finished: FinishedSignIn, req: Request): Promise<SessionCookie> {
  try {
    await endFormerSession(parts, req);
    return await createSession(parts, finished, req.get('user-agent'));
  } catch (error) {
    await revokeUnused(parts, finished.signedIn.tokens);
    throw error;
  }
}

async function endFormerSession(parts: SessionParts, req: Request): Promise<void> {
  const cookie = readSessionCookie(req);
  const former = cookie && (await findSession(parts, cookie));
  // Only its tokens: ZITADEL's session in this browser may be the one that has just been signed in with.
  if (former) await endSession(parts, former, 'tokens');
}

/** RFC 6749, 5.2: the page's OIDC client understands nothing else. */
function refuse(res: Response, error: string, description: string): void {
  res.status(400).json({ error, error_description: description });
}
