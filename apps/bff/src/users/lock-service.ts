import type { ReasonBody } from '@latchkey/contract/removal';
import type { LockChange, UnlockBody } from '@latchkey/contract/user-session';
import type { AuditLog } from '../audit/audit-log.ts';
import { answerFor, type MadeChange, makeChange, type PersonalContext } from '../changes/make-change.ts';
import type { Clock } from '../clock.ts';
import type { Actor } from '../guard/actor.ts';
import { readStanding, refuseAgainst } from '../guard/standing.ts';
import { Problem } from '../http/problem.ts';
import { findOpenDispute, liftDisputes } from '../notices/open-dispute.ts';
import type { Store } from '../store/open-store.ts';
import type { Zitadel } from '../zitadel/client.ts';
import { needFor } from '../zitadel/permission.ts';
import { readUser } from '../zitadel/read/read-user.ts';
import { isPrecondition } from '../zitadel/to-problem.ts';
import { lockUser, unlockUser } from '../zitadel/user-change.ts';

export interface LockServiceOptions {
  readonly zitadel: Zitadel;
  readonly audit: AuditLog;
}

const words = {
  lock: { done: 'locked', unneeded: 'alreadyLocked' },
  unlock: { done: 'unlocked', unneeded: 'alreadyUnlocked' },
} as const;

/**
 * Locks or unlocks a user and finds out what became of it.
 *
 * @throws Problem `precondition_failed` for somebody whose state forbids it (a deactivated person cannot be locked), or
 * what else ZITADEL refused it with.
 */
export async function changeLock(
  { zitadel, audit }: LockServiceOptions,
  actor: Actor,
  change: 'lock' | 'unlock',
  userId: string,
  why: ReasonBody,
): Promise<LockChange> {
  const made = await makeLockChange(zitadel, { audit, actor, why }, change, userId);
  return { outcome: answerFor(made, words[change]), at: new Date().toISOString() };
}

/**
 * Unlocks somebody on purpose, also one who said "this was not me", if whoever does it has seen that.
 *
 * @throws Problem `conflict` when there is a dispute that was not seen; what `changeLock` throws.
 */
export async function unlockOnPurpose(
  options: LockServiceOptions & { readonly store: Store; readonly clock: Clock },
  actor: Actor,
  userId: string,
  { disputedAt, ...why }: UnlockBody,
): Promise<LockChange> {
  const { store, clock } = options;
  const dispute = await findOpenDispute(store, userId);
  if (dispute && dispute.at !== disputedAt) throw new Problem('conflict');
  const change = await changeLock(options, actor, 'unlock', userId, why);
  if (dispute) await liftDisputes({ store, clock }, userId, dispute.at);
  await store.updateTable('resets').set({ unlocked_at: clock() }).where('user_id', '=', userId).execute();
  return change;
}

/**
 * The same, for those who judge the outcome themselves.
 *
 * @throws Problem when it was refused: nothing was changed.
 */
export async function makeLockChange(
  zitadel: Zitadel,
  context: PersonalContext,
  change: 'lock' | 'unlock',
  userId: string,
): Promise<MadeChange> {
  const { actor } = context;
  const { caller } = actor;
  const before = await readUser(zitadel, caller, userId);
  refuseAgainst(await readStanding(zitadel, actor, before), 'user.write');
  return await makeChange(context, {
    act: { act: { act: `${change}User`, userId }, organisationId: before.organisationId },
    make: () => (change === 'lock' ? lockUser : unlockUser)(zitadel, caller, userId),
    // Of somebody who is so already ZITADEL says that their state forbids it; reading back tells that from the rest.
    isUnneeded: isPrecondition,
    read: () => readUser(zitadel, caller, userId),
    isDone: (user) => (user.state === 'locked') === (change === 'lock'),
    before,
    need: needFor('user.write', before.organisationId),
  });
}
