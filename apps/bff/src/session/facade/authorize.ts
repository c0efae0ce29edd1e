import { callbackPath, spaClient } from '@latchkey/contract/paths';
import { StepUpIntent } from '@latchkey/contract/session';
import type { Request, RequestHandler, Response } from 'express';
import * as z from 'zod';
import { parseInput } from '../../http/parse-input.ts';
import { readBindingCookie, setBindingCookie } from '../cookies.ts';
import { ProviderError } from '../provider/provider-error.ts';
import type { SessionParts } from '../session-parts.ts';
import type { OpenSession } from '../session-record.ts';
import { findOpenSession } from '../session-step.ts';
import { randomSecret } from '../vault/secrets.ts';
import { seeOther } from './see-other.ts';
import { beginTransaction, type Purpose } from './transactions.ts';

/** What the page's OIDC client may ask for, exactly; a repeated parameter arrives as an array and is refused. */
const authorizeQuery = (publicUrl: string) =>
  z.object({
    client_id: z.literal(spaClient.clientId),
    redirect_uri: z.literal(publicUrl + spaClient.redirectPath),
    response_type: z.literal('code'),
    response_mode: z.literal('query').optional(),
    scope: z.string().optional(),
    state: z.string().regex(/^[0-9a-f]{32}$/),
    code_challenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
    code_challenge_method: z.literal('S256'),
    prompt: z.literal('login').optional(),
    max_age: z.literal('0').optional(),
    login_hint: z.string().max(200).optional(),
    intent: z.optional(StepUpIntent),
  });

/**
 * Begins our own sign-in with ZITADEL behind the page's. With `prompt=login` it is a step-up: for a signed-in person the
 * new sign-in must be theirs, and the name is the session's, not the page's.
 */
export function authorize(parts: SessionParts): RequestHandler {
  const { publicUrl } = parts.config;
  const querySchema = authorizeQuery(publicUrl);
  return async function beginSignIn(req: Request, res: Response): Promise<void> {
    const query = parseInput(querySchema, req.query);
    const binding = readBindingCookie(req) ?? randomSecret();
    const current = findOpenSession(res);
    const reauthenticate = query.prompt === 'login';
    const purpose = purposeOf(reauthenticate ? current : undefined, query.intent);
    const page = { state: query.state, challenge: query.code_challenge };
    const checks = await beginTransaction(parts, binding, page, purpose);
    try {
      // Rather our own page than the browser's about a server that does not answer.
      await parts.provider.check();
      const location = await parts.provider.authorizationUrl({
        ...checks,
        redirectUri: publicUrl + callbackPath,
        reauthenticate,
        loginHint: current?.content.profile.loginName,
      });
      setBindingCookie(res, binding);
      seeOther(res, location.href);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      parts.log.error({ kind: error.kind, reason: error.message }, 'sign-in could not begin');
      seeOther(res, `${spaClient.errorPath}?reason=unavailable`);
    }
  };
}

function purposeOf(renewed: OpenSession | undefined, intent: StepUpIntent | undefined): Purpose {
  if (!renewed) return { kind: 'sign-in' };
  const { id_hash: sessionHash, subject } = renewed.row;
  return { kind: 'step-up', sessionHash, subject, intent: intent ?? null };
}
