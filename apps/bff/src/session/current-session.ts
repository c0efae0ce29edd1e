import type { Response } from 'express';
import { Problem } from '../http/problem.ts';
import type { AccessTokens } from './access-tokens.ts';

/** The session of one request, as routes and services may know it. No token is among its fields: see `accessTokens`. */
export interface CurrentSession {
  /** SHA-256 of the cookie's id, base64url: a name for the session that opens nothing. */
  readonly idHash: string;
  /** ZITADEL's user id of the signed-in person. */
  readonly subject: string;
  /** The CSRF handle that changes carry in `X-CSRF`. */
  readonly csrf: string;
  /** When and how the person authenticated, from the verified ID token: epoch seconds, RFC 8176 values. */
  readonly authTime: number;
  readonly amr: readonly string[];
  /** What the sign-in was for, if for one thing only: `user:<id>` or `login-policy`. */
  readonly intent: string | null;
  readonly accessTokens: AccessTokens;
}

const sessions = new WeakMap<Response, CurrentSession>();

export function setCurrentSession(res: Response, session: CurrentSession): void {
  sessions.set(res, session);
}

/** The session the `session` step found for this request, if any. */
export function findCurrentSession(res: Response): CurrentSession | undefined {
  return sessions.get(res);
}

/** @throws Problem `no_session`. Behind the `requireSession` step it always returns. */
export function currentSession(res: Response): CurrentSession {
  const session = sessions.get(res);
  if (!session) throw new Problem('no_session');
  return session;
}
