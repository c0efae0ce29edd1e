import { LIFETIMES } from './lifetimes.ts';
import { accessTokenHash, type Signer } from './signer.ts';

/** What an ID token says of a sign-in; a refreshed one says the same again. */
export interface SignInClaims {
  readonly userId: string;
  readonly clientId: string;
  readonly audience: readonly string[];
  /** Id of the session of `/v2/sessions`. */
  readonly sessionId: string;
  /** Absent when nothing was checked. Epoch seconds. */
  readonly authTime: number | undefined;
  readonly amr: readonly string[];
  readonly nonce: string | undefined;
}

/** An ID token with exactly the claims of ZITADEL's: no acr, jti, c_hash and nothing of the profile. */
export function signIdToken(signer: Signer, claims: SignInClaims, accessToken: string): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return signer.sign({
    sub: claims.userId,
    aud: [...claims.audience],
    exp: now + LIFETIMES.idToken,
    iat: now,
    ...(claims.authTime === undefined ? {} : { auth_time: claims.authTime }),
    ...(claims.nonce === undefined ? {} : { nonce: claims.nonce }),
    ...(claims.amr.length ? { amr: [...claims.amr] } : {}),
    azp: claims.clientId,
    client_id: claims.clientId,
    at_hash: accessTokenHash(accessToken),
    sid: claims.sessionId,
  });
}
