import { ProviderError } from './provider-error.ts';
import type { SignedIn, TokenAnswer, TokenSet } from './signed-in.ts';

/** Of a verified token answer, what we read. */
interface Answer {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  readonly expires_in?: number;
}

// What an access token is taken to live when the answer does not say: short, so that it is refreshed rather than lost.
const unknownLifetime = 60;

/**
 * Takes from a verified token answer who signed in.
 *
 * @throws ProviderError `untrusted` when the ID token does not say when the person authenticated: ZITADEL leaves
 *   `auth_time` out when nobody checked a credential (zitadel-oidc.md, 2), and nothing may rest on such a sign-in.
 */
export function readIdentity({ tokens, claims }: TokenAnswer): SignedIn {
  if (!claims) throw new ProviderError('untrusted', 'there is no ID token');
  if (claims.auth_time === undefined) throw new ProviderError('untrusted', 'the ID token has no auth_time');
  const amr = Array.isArray(claims.amr) ? claims.amr.filter((value) => typeof value === 'string') : [];
  return {
    subject: claims.sub,
    sid: typeof claims.sid === 'string' ? claims.sid : null,
    authTime: claims.auth_time,
    amr,
    tokens,
  };
}

/**
 * @param former what stays when the answer leaves it out: a refresh need not return every token.
 * @param now epoch milliseconds.
 */
export function toTokenSet(answer: Answer, former: Pick<TokenSet, 'refreshToken' | 'idToken'>, now: number): TokenSet {
  return {
    accessToken: answer.access_token,
    accessFrom: now,
    accessEndsAt: now + (answer.expires_in ?? unknownLifetime) * 1000,
    refreshToken: answer.refresh_token ?? former.refreshToken,
    idToken: answer.id_token ?? former.idToken,
  };
}
