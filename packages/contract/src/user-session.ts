import * as z from 'zod/mini';
import { Allowance } from './allowance.ts';
import { Id } from './id.ts';
import { ReasonBody } from './removal.ts';

/** How a session was checked: by password, by one of the kinds of factors, or by another identity provider. */
export const SessionCheck = z.object({
  by: z.enum(['password', 'webAuthn', 'totp', 'otpSms', 'otpEmail', 'recoveryCode', 'identityProvider']),
  at: z.string(),
});
export type SessionCheck = z.infer<typeof SessionCheck>;

/** A session of a user in ZITADEL. Times are RFC 3339 in UTC; `endsAt` is null for one without an end. */
export const UserSession = z.object({
  sessionId: Id,
  createdAt: z.nullable(z.string()),
  changedAt: z.nullable(z.string()),
  endsAt: z.nullable(z.string()),
  device: z.nullable(z.string()),
  address: z.nullable(z.string()),
  checks: z.array(SessionCheck),
});
export type UserSession = z.infer<typeof UserSession>;

/**
 * The sessions of a user that the viewer may see, newest first. ZITADEL does not list what was signed in on its embedded
 * pages: only a lock or a deactivation stops those.
 */
export const UserSessions = z.object({
  sessions: z.array(UserSession),
  actions: z.object({ endSession: Allowance }),
});
export type UserSessions = z.infer<typeof UserSessions>;

/** The answer to the ending of one session. `at` is RFC 3339 in UTC. */
export const SessionEnd = z.object({ outcome: z.enum(['ended', 'alreadyGone']), sessionId: Id, at: z.string() });
export type SessionEnd = z.infer<typeof SessionEnd>;

/** `disputedAt`: of the newest "this was not me" that was seen; without it a disputed account is not unlocked. */
export const UnlockBody = z.extend(ReasonBody, { disputedAt: z.optional(z.iso.datetime()) });
export type UnlockBody = z.infer<typeof UnlockBody>;

/** The answer to the locking or unlocking of a user. `at` is RFC 3339 in UTC. */
export const LockChange = z.object({
  outcome: z.enum(['locked', 'alreadyLocked', 'unlocked', 'alreadyUnlocked']),
  at: z.string(),
});
export type LockChange = z.infer<typeof LockChange>;
