import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import * as z from 'zod';
import type { SessionParts } from '../session-parts.ts';

/** Whose sessions end: one session of ZITADEL's, or all of a person. `expiresAt` is epoch milliseconds. */
export interface LogoutNotice {
  readonly jti: string;
  readonly sid: string | undefined;
  readonly subject: string | undefined;
  readonly expiresAt: number;
}

/** A logout token that does not prove what it says. */
export class LogoutTokenError extends Error {
  override readonly name = 'LogoutTokenError';
}

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const longestAge = 300;

const Claims = z
  .object({
    jti: z.string().min(1).max(500),
    iat: z.number(),
    sid: z.string().max(500).optional(),
    sub: z.string().max(500).optional(),
    events: z.object({ [logoutEvent]: z.looseObject({}) }),
    nonce: z.undefined().optional(),
  })
  .refine(({ sid, sub }) => sid !== undefined || sub !== undefined);

export type LogoutTokenVerifier = (token: string) => Promise<LogoutNotice>;

/**
 * Verifies logout tokens as OpenID Connect Back-Channel Logout 1.0, 2.6 says. ZITADEL types them `JWT` where
 * `logout+jwt` is recommended; that is taken unless configured otherwise. They still cannot be confused with ID tokens:
 * those have no `events`, and a `nonce` is refused.
 *
 * @returns a verifier that throws LogoutTokenError for a token that is wrong, and the fetch's error when ZITADEL's keys
 *   cannot be had: the former is final, the latter worth another try.
 */
export function createLogoutTokenVerifier({ provider, config, clock }: SessionParts): LogoutTokenVerifier {
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined;
  return async (token) => {
    keys ??= createRemoteJWKSet(await provider.keySetUrl(), { timeoutDuration: 5_000 });
    const now = clock();
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer: provider.issuer,
      audience: provider.clientId,
      algorithms,
      maxTokenAge: longestAge,
      clockTolerance: 5,
      currentDate: new Date(now),
      requiredClaims: ['iat', 'jti', 'events'],
    }).catch((error: unknown) => {
      throw isForgery(error) ? new LogoutTokenError('the token does not verify', { cause: error }) : error;
    });
    const typ = protectedHeader.typ?.toLowerCase().replace(/^application\//, '');
    const usual = config.logoutTokenTyp === 'zitadel' && (typ === undefined || typ === 'jwt');
    if (typ !== 'logout+jwt' && !usual) throw new LogoutTokenError('the type of the token');
    return toNotice(payload);
  };
}

function toNotice(payload: JWTPayload): LogoutNotice {
  const claims = Claims.safeParse(payload);
  if (!claims.success) throw new LogoutTokenError('the claims of the token');
  const { jti, iat, sid, sub } = claims.data;
  return { jti, sid, subject: sub, expiresAt: (iat + longestAge + 60) * 1000 };
}

/** Everything that is wrong with a token; not that keys could not be fetched. */
function isForgery(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^ERR_(JW[ST]|JWKS_NO_MATCHING_KEY|JOSE_(ALG|NOT))/.test(code);
}
