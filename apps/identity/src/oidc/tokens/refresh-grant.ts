import { setTimeout as wait } from 'node:timers/promises';
import type { TokenEndpointGrantContext } from 'oidc-provider';
import { issueTokens, type TokenDesk } from './issue-tokens.ts';
import { refuse, USER_NOT_ACTIVE } from './refusal.ts';

/** Form fields of a refresh. */
export interface RefreshParameters {
  readonly refresh_token?: string;
  readonly scope?: string;
}

export const REFRESH_PARAMETERS = ['refresh_token', 'scope'];

/**
 * Refreshes as ZITADEL does: every failure but a foreign client or a wider scope is `invalid_request`; the token before
 * and its access token die; a token used twice is refused and harms nobody. Two at once both succeed, and the tokens of
 * one are dead: there is no lock between finding and replacing, here as there. A real server takes some 30 ms in between;
 * `refreshPause` does the same, for tests of clients that must not let that happen.
 */
export async function refreshTokens(desk: TokenDesk, ctx: TokenEndpointGrantContext<RefreshParameters>): Promise<void> {
  const { params, provider, client } = ctx.oidc;
  if (!params.refresh_token) throw refuse('invalid_request', 'refresh_token missing');
  const token = await provider.RefreshToken.find(params.refresh_token, { ignoreExpiration: true });
  if (!token) throw refuse('invalid_request', 'Errors.User.RefreshToken.Invalid');
  if (token.clientId !== client.clientId) {
    throw refuse('invalid_client', 'client_id does not correspond to the client_id in the refresh token');
  }
  const tokenSet = token.grantId === undefined ? undefined : await desk.tokenSets.find(token.grantId);
  const now = Math.floor(Date.now() / 1000);
  if (!token.isValid || !tokenSet || tokenSet.ends_at <= now) {
    throw refuse('invalid_request', 'Errors.OIDCSession.RefreshTokenInvalid');
  }
  const granted = token.scope ?? '';
  const scope = params.scope ?? granted;
  if (!isWithin(scope, granted)) throw refuse('invalid_scope', 'Errors.OIDCSession.InvalidScope');
  const person = await desk.directory.person(token.accountId);
  if (!person?.active) throw USER_NOT_ACTIVE();

  if (desk.refreshPause > 0) await wait(desk.refreshPause);
  ctx.body = await issueTokens(desk, ctx, {
    tokenSetId: tokenSet.id,
    userId: token.accountId,
    sessionId: tokenSet.session_id,
    scope,
    authTime: tokenSet.auth_time ?? undefined,
    amr: JSON.parse(tokenSet.amr) as string[],
    nonce: token.nonce,
    endsAt: tokenSet.ends_at,
  });
}

function isWithin(scope: string, granted: string): boolean {
  const allowed = new Set(granted.split(' '));
  return scope.split(' ').every((one) => allowed.has(one));
}
