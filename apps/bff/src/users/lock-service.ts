import type { ReasonBody } from '@latchkey/contract/removal';
import type { LockChange } from '@latchkey/contract/user-session';
import type { AuditLog } from '../audit/audit-log.ts';
import { answerFor, type MadeChange, makeChange, type PersonalContext } from '../changes/make-change.ts';
import type { Actor } from '../guard/actor.ts';
import { readStanding, refuseAgainst } from '../guard/standing.ts';
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
