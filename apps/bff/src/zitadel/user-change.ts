import type { AsCaller } from './caller.ts';
import type { Zitadel } from './client.ts';

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
