import * as z from 'zod/mini';
import { Id } from './id.ts';

/** Who is signed in. `loginName` is ZITADEL's preferred login name. */
export const Profile = z.object({
  sub: Id,
  name: z.string(),
  loginName: z.string(),
  email: z.nullable(z.string()),
});
export type Profile = z.infer<typeof Profile>;

/**
 * The session as the page may know it: no token, no cookie value. `csrf` is sent back as `X-CSRF` with every change.
 * Times are RFC 3339 in UTC; `stepUpEndsAt` is when the last sign-in stops being fresh enough for removals.
 */
export const Session = z.object({
  profile: Profile,
  csrf: z.string(),
  instance: z.string(),
  authTime: z.string(),
  stepUpEndsAt: z.string(),
  idleEndsAt: z.string(),
  absoluteEndsAt: z.string(),
});
export type Session = z.infer<typeof Session>;

/** A session's name in the list of one's own: 43 characters, base64url. It opens nothing. */
export const SessionName = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

/** One of the signed-in person's Latchkey sessions. `browser` is what it called itself; times are RFC 3339 in UTC. */
export const OwnSession = z.object({
  sessionId: SessionName,
  current: z.boolean(),
  browser: z.nullable(z.string()),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  endsAt: z.string(),
});
export type OwnSession = z.infer<typeof OwnSession>;

export const OwnSessionList = z.object({ sessions: z.array(OwnSession) });
export type OwnSessionList = z.infer<typeof OwnSessionList>;

/**
 * What a fresh sign-in may be asked for, sent along as `intent` when signing in again: then it is good for changes to
 * this one user, to the login policy, or for this one decision, and for nothing else. Without it, it is good for everything.
 */
export const StepUpIntent = z
  .string()
  .check(
    z.regex(/^(user:[A-Za-z0-9][A-Za-z0-9._~@+-]{0,199}|login-policy|approval:[A-Za-z0-9][A-Za-z0-9._~@+-]{0,199})$/),
  );
export type StepUpIntent = z.infer<typeof StepUpIntent>;
