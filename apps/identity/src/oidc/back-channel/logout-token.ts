import type { JWTPayload } from 'jose';
import { LIFETIMES } from '../tokens/lifetimes.ts';
import type { QueuedNotice } from './notice-queue.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/**
 * Claims of a logout token as ZITADEL's (its header says `typ: JWT`, not `logout+jwt`). Its `sid` is that of the
 * sign-in's ID tokens; its `jti` is the same for each attempt, so that whoever got it twice knows.
 *
 * @param now epoch milliseconds.
 */
export function logoutClaims(notice: QueuedNotice, now: number): JWTPayload {
  const iat = Math.floor(now / 1000);
  return {
    sub: notice.user_id,
    aud: [notice.client_id],
    iat,
    exp: iat + LIFETIMES.logoutToken,
    jti: notice.id,
    events: { [EVENT]: {} },
    sid: notice.session_id,
  };
}
