import type { Provider } from 'oidc-provider';
import type { AccessTokenHolder, ResolveAccessToken } from '../../rpc/access/authenticate.ts';
import type { TokenDesk } from './issue-tokens.ts';
import { projectsInScope } from './scopes.ts';

/**
 * Lets access tokens open the API: one that counts, with ZITADEL's own project in its audience. What its sign-in proved
 * is judged there, at each call, by the factors that the person has by then.
 */
export function createAccessTokenResolver(provider: Provider, desk: TokenDesk): ResolveAccessToken {
  const { zitadelProjectId } = desk.directory;
  return async (value) => {
    const token = await provider.AccessToken.find(value);
    if (!token || !projectsInScope(token.scopes, zitadelProjectId).includes(zitadelProjectId)) return undefined;
    const tokenSet = await desk.tokenSets.find(token.grantId);
    return tokenSet && { userId: tokenSet.user_id, sessionId: tokenSet.session_id, proved: provedBy(tokenSet.amr) };
  };
}

/** @param amr JSON array of RFC 8176 names. */
function provedBy(amr: string): NonNullable<AccessTokenHolder['proved']> {
  const names = new Set(JSON.parse(amr) as string[]);
  return {
    password: names.has('pwd'),
    code: names.has('otp'),
    // Beside a password any key will do, and alone only a passkey gets this far.
    webAuthn: names.has('user') ? 'verified' : 'none',
  };
}
