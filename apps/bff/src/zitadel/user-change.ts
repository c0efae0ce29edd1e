import { NotificationType } from '@zitadel/proto/zitadel/user/v2/password_pb.js';
import type { AsCaller } from './caller.ts';
import type { Zitadel } from './client.ts';
import type { UserPlace } from './to-user.ts';

// Each asks ZITADEL once, and throws ConnectError or UpstreamFault: see `mayHaveHappened` before believing that nothing
// happened.

/** Ends one session. ZITADEL confirms it for a session that is not there, too (zitadel.md 3.3). */
export async function endSession(zitadel: Zitadel, caller: AsCaller, sessionId: string): Promise<void> {
  await zitadel.sessions.deleteSession({ sessionId }, caller);
}

/** Locks a user: their tokens stop working at once. */
export async function lockUser(zitadel: Zitadel, caller: AsCaller, userId: string): Promise<void> {
  await zitadel.users.lockUser({ userId }, caller);
}

/** Unlocks a user: their refresh tokens work again, too (zitadel-oidc.md 4). */
export async function unlockUser(zitadel: Zitadel, caller: AsCaller, userId: string): Promise<void> {
  await zitadel.users.unlockUser({ userId }, caller);
}

/**
 * Lets ZITADEL mail a code to set a new password. It is always mailed: returned, it would hand the account to whoever asked
 * (zitadel.md 3.2).
 */
export async function sendPasswordReset(zitadel: Zitadel, caller: AsCaller, { userId }: UserPlace): Promise<void> {
  const value = { notificationType: NotificationType.Email };
  await zitadel.users.passwordReset({ userId, medium: { case: 'sendLink', value } }, caller);
}

/**
 * Lets ZITADEL mail a link to register a passkey. Its permission is asked in the caller's context, so the context has to be
 * the user's organisation (zitadel.md 3.2).
 */
export async function sendPasskeyLink(
  zitadel: Zitadel,
  caller: AsCaller,
  { userId, organisationId }: UserPlace,
): Promise<void> {
  const there = caller.in(organisationId);
  await zitadel.users.createPasskeyRegistrationLink({ userId, medium: { case: 'sendLink', value: {} } }, there);
}
