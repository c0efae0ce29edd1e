import { type Factor, type FactorRef, isSameFactor, toFactorRef } from '@latchkey/contract/factor';
import type { FactorRemoval, ReasonBody } from '@latchkey/contract/removal';
import type { FactorList } from '@latchkey/contract/user';
import type { UserSession } from '@latchkey/contract/user-session';
import type { ApprovalParts } from '../approvals/approval-store.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { PlacedAct } from '../audit/audit-row.ts';
import { didActHappen } from '../changes/did-act-happen.ts';
import { createFollower, type Follower } from '../changes/follow-change.ts';
import { answerFor, type MadeChange, makeChange, type PersonalContext } from '../changes/make-change.ts';
import type { Actor } from '../guard/actor.ts';
import { readStanding, refuseAgainst, type Standing } from '../guard/standing.ts';
import { Problem } from '../http/problem.ts';
import { createTurn } from '../store/take-turn.ts';
import type { Zitadel } from '../zitadel/client.ts';
import { type RemovalApi, removeFactor } from '../zitadel/factor-removal.ts';
import { needFor, type Permission } from '../zitadel/permission.ts';
import { listChanges } from '../zitadel/read/list-changes.ts';
import { listFactors, readSignInMeans, type SignInMeans } from '../zitadel/read/list-factors.ts';
import { listSessions } from '../zitadel/read/list-sessions.ts';
import { readSignInRules } from '../zitadel/read/read-login-policy.ts';
import { readOwnPermissions } from '../zitadel/read/read-roles.ts';
import { readUser } from '../zitadel/read/read-user.ts';
import { isNotFound, toProblem } from '../zitadel/to-problem.ts';
import type { UserPlace } from '../zitadel/to-user.ts';
import { withTimes } from './factor-times.ts';
import { isLastAskedFor } from './last-factor.ts';

export interface FactorServiceOptions {
  readonly zitadel: Zitadel;
  readonly removalApi: RemovalApi;
  readonly audit: AuditLog;
  /** Whether this operator's sign-in pages take recovery codes. */
  readonly recoveryCodesAtSignIn: boolean;
}

interface FactorRemovalOptions extends Pick<FactorServiceOptions, 'zitadel' | 'removalApi'> {
  /** Throws against what has to pass more than everybody's removals, before anything is written down. */
  readonly refuse?: (standing: Standing, user: UserPlace) => Promise<void>;
  readonly follower?: Follower;
}

/** How far back is looked for when a factor was added. */
const consideredChanges = 500;

/** @throws Problem. The user is read first: of unknown users ZITADEL lists no factors, without an error. */
export async function getFactors(
  { zitadel, audit }: FactorServiceOptions,
  actor: Actor,
  userId: string,
): Promise<FactorList> {
  const user = await readUser(zitadel, actor.caller, userId);
  const { organisationId } = user;
  const [means, signInRules, events, sessions] = await Promise.all([
    readMeans(zitadel, actor, user),
    readSignInRules(zitadel, actor.caller, organisationId),
    listChanges(zitadel, actor.caller, user, { limit: consideredChanges }).catch(() => null),
    readVisibleSessions(zitadel, actor, user).catch(() => null),
  ]);
  await audit.resolve(actor, { userId }, (act) => didActHappen(zitadel, actor.caller, act));
  return {
    factors: withTimes(means.factors, events, sessions),
    signInRules,
    signsInBy: { password: means.password, identityProvider: means.identityProvider },
    addedVisible: events !== null,
    lastUsedVisible: sessions !== null,
  };
}

/**
 * Removes one factor of a user and finds out what became of it.
 *
 * @throws Problem `self_refused`, `rank_refused`, `approval_required` for an admin's last one, `not_removed`, `outcome_unknown`, or what ZITADEL refused it with.
 */
export async function removeUserFactor(
  { zitadel, removalApi, audit, store, clock, recoveryCodesAtSignIn }: FactorServiceOptions & ApprovalParts,
  actor: Actor,
  userId: string,
  factor: FactorRef,
  why: ReasonBody,
): Promise<FactorRemoval> {
  const turn = createTurn(store, clock, `admin ${userId}`);
  const follower = createFollower();
  const refuse = async ({ roles }: Standing, user: UserPlace) => {
    if (roles?.length === 0) return;
    // Two at once would each see the other's factor as the one that stays.
    if (!(await turn.take())) throw new Problem('conflict');
    const [{ factors }, rules] = await Promise.all([
      readMeans(zitadel, actor, user),
      readSignInRules(zitadel, actor.caller, user.organisationId),
    ]);
    if (isLastAskedFor(factors, factor, { rules, recoveryCodesAtSignIn })) throw new Problem('approval_required');
  };
  try {
    const options = { zitadel, removalApi, refuse, follower };
    const change = await makeFactorRemoval(options, { audit, actor, why }, userId, factor);
    const outcome = answerFor(change, { done: 'removed', unneeded: 'alreadyGone', notDone: 'not_removed' });
    return { outcome, factor: toFactorRef(factor), at: new Date().toISOString() };
  } finally {
    // What may be executed yet, or is not seen yet, keeps the turn until that runs out.
    if (follower.isOver()) await turn.end();
  }
}

/**
 * The same, for those who judge the outcome themselves.
 *
 * @throws Problem when it was refused: nothing was removed.
 */
export async function makeFactorRemoval(
  { zitadel, removalApi, refuse, follower = createFollower() }: FactorRemovalOptions,
  context: PersonalContext,
  userId: string,
  factor: FactorRef,
): Promise<MadeChange> {
  const { actor } = context;
  const permission: Permission = factor.kind === 'recoveryCodes' ? 'user.credential.write' : 'user.write';
  const user = await readUser(zitadel, actor.caller, userId);
  const [standing, { factors: before }] = await Promise.all([
    readStanding(zitadel, actor, user),
    readMeans(zitadel, actor, user),
  ]);
  refuseAgainst(standing, permission);
  refuseOtherKind(before, factor);
  await refuse?.(standing, user);
  const held = before.find((other) => isSameFactor(other, factor));
  const change = follower.follow({
    act: toAct(user, factor, held),
    make: () => removeFactor(zitadel, actor.caller, user, factor, removalApi),
    isUnneeded: isNotFound,
    // ZITADEL confirms the removal of recovery codes that are not there, too (zitadel.md 3.1).
    confirmsAnyway: factor.kind === 'recoveryCodes',
    read: () => listFactors(zitadel, actor.caller, user),
    isDone: (factors) => !factors.some((other) => isSameFactor(other, factor)),
    before,
    need: needFor(permission, user.organisationId),
  });
  return await makeChange(context, change);
}

/** The name of a key goes into the audit with it: when it is gone, nothing else tells which one it was. */
function toAct({ userId, organisationId }: UserPlace, factor: FactorRef, held: Factor | undefined): PlacedAct {
  const name = held && 'name' in held ? { name: held.name } : {};
  return { act: { act: 'removeFactor', userId, factor: toFactorRef(factor), ...name }, organisationId };
}

async function readMeans(zitadel: Zitadel, actor: Actor, user: UserPlace): Promise<SignInMeans> {
  try {
    return await readSignInMeans(zitadel, actor.caller, user);
  } catch (error) {
    throw toProblem(error, needFor('user.read', user.organisationId));
  }
}

/** @returns null when the actor may not see this person's sessions. */
async function readVisibleSessions(zitadel: Zitadel, actor: Actor, user: UserPlace): Promise<UserSession[] | null> {
  const permissions = await readOwnPermissions(zitadel, actor.caller, user.organisationId);
  if (!permissions.has('session.read') && actor.userId !== user.userId) return null;
  return await listSessions(zitadel, actor.caller, user.userId);
}

/**
 * ZITADEL takes a passkey's id for a security key's, and the other way round: it answers 200, and the key stays on its
 * list for ever (zitadel.md 2.4).
 *
 * @throws Problem `not_found`
 */
function refuseOtherKind(factors: readonly Factor[], factor: FactorRef): void {
  if (!('id' in factor)) return;
  if (factors.some((other) => 'id' in other && other.id === factor.id && other.kind !== factor.kind)) {
    throw new Problem('not_found');
  }
}
