import type { JWTPayload } from 'jose';
import { LIFETIMES } from '../tokens/lifetimes.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** Tells one application that one sign-in ended. */
export interface LogoutNotice {
  readonly clientId: string;
  readonly userId: string;
  /** The `sid` of the sign-in's ID tokens. */
  readonly sessionId: string;
  /** The same for each attempt, so that whoever got it twice knows. */
  readonly id: string;
}

/**
 * Claims of a logout token as ZITADEL's (its header says `typ: JWT`, not `logout+jwt`).
 *
 * @param now epoch milliseconds.
 */
export function logoutClaims(notice: LogoutNotice, now: number): JWTPayload {
  const iat = Math.floor(now / 1000);
  return {
    sub: notice.userId,
    aud: [notice.clientId],
    iat,
    exp: iat + LIFETIMES.logoutToken,
    jti: notice.id,
    events: { [EVENT]: {} },
    sid: notice.sessionId,
  };
}
