import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { TokenEndpointGrantContext } from 'oidc-provider';
import { issueTokens, type TokenDesk } from './issue-tokens.ts';
import { LIFETIMES } from './lifetimes.ts';
import { refuse, USER_NOT_ACTIVE } from './refusal.ts';

type AuthorizationCode = NonNullable<TokenEndpointGrantContext['oidc']['authorizationCode']>;

/** Form fields of an exchange. */
export interface CodeParameters {
  readonly code?: string;
  readonly redirect_uri?: string;
  readonly code_verifier?: string;
}

export const CODE_PARAMETERS = ['code', 'redirect_uri', 'code_verifier'];

/**
 * Exchanges a code as ZITADEL does: a refusal leaves the code as it was, and a code used twice leaves the first tokens
 * alone. Two exchanges at once both succeed, and both sets of tokens live: there is no lock between finding the code and
 * spending it, here as there, and `refreshPause` leaves time for it.
 */
export async function exchangeCode(desk: TokenDesk, ctx: TokenEndpointGrantContext<CodeParameters>): Promise<void> {
  const code = await findCode(ctx);
  checkVerifier(code, ctx.oidc.params.code_verifier);
  const { accountId = '', sid = '', scope = '' } = code;
  const person = await desk.directory.person(accountId);
  if (!person?.active) throw USER_NOT_ACTIVE();
  if (desk.refreshPause > 0) await wait(desk.refreshPause);
  await code.consume();

  const now = Math.floor(Date.now() / 1000);
  const source = {
    tokenSetId: await saveGrant(ctx, accountId, scope),
    userId: accountId,
    sessionId: sid,
    scope,
    authTime: code.authTime,
    amr: code.amr ?? [],
    nonce: code.nonce,
    endsAt: now + LIFETIMES.refreshAbsolute,
  };
  await desk.tokenSets.start({
    id: source.tokenSetId,
    client_id: ctx.oidc.client.clientId,
    user_id: accountId,
    session_id: sid,
    auth_time: code.authTime ?? null,
    amr: JSON.stringify(code.amr ?? []),
    ends_at: source.endsAt,
  });
  ctx.body = await issueTokens(desk, ctx, source);
}

async function findCode(ctx: TokenEndpointGrantContext<CodeParameters>): Promise<AuthorizationCode> {
  const { params, provider, client } = ctx.oidc;
  if (!params.code) throw refuse('invalid_request', 'code missing');
  const code = await provider.AuthorizationCode.find(params.code, { ignoreExpiration: true });
  if (!code) throw refuse('invalid_request', 'Errors.User.Code.Invalid');
  if (code.clientId !== client.clientId) {
    throw refuse('invalid_client', 'client_id does not correspond to the client_id in the authorization request');
  }
  if (!code.isValid) throw refuse('invalid_request', 'Errors.AuthRequest.NoCode');
  if (code.redirectUri !== params.redirect_uri) throw refuse('invalid_grant', 'redirect_uri does not correspond');
  return code;
}

/** PKCE is checked when the request began with it; ZITADEL does not ask for it. */
function checkVerifier(code: AuthorizationCode, verifier: string | undefined): void {
  if (!code.codeChallenge) return;
  if (!verifier) throw refuse('invalid_request', 'code_verifier required');
  if (createHash('sha256').update(verifier).digest('base64url') !== code.codeChallenge) {
    throw refuse('invalid_grant', 'invalid code_verifier');
  }
}

/** The library looks for a grant behind each token; each exchange has one of its own, so that its tokens live alone. */
async function saveGrant(ctx: TokenEndpointGrantContext, accountId: string, scope: string): Promise<string> {
  const grant = new ctx.oidc.provider.Grant({ accountId, clientId: ctx.oidc.client.clientId });
  grant.addOIDCScope(scope);
  return grant.save();
}
