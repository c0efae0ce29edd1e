import { type Factor, type FactorRef, isSameFactor, toFactorRef } from '@latchkey/contract/factor';
import type { ResetAllowance, ResetChoice, ResetDeed, ResetOptions, ResetStep } from '@latchkey/contract/reset';
import type { UserState } from '@latchkey/contract/user';
import type { UserSession } from '@latchkey/contract/user-session';

/** A step before anything is tried: to be done, or left out from the beginning. */
export type PlannedStep = Pick<ResetStep, 'deed' | 'skipped' | 'permission' | 'role'>;

/** All that decides a plan. */
export interface PlanFacts {
  readonly choice: ResetChoice;
  /** What there is now. The choice names nothing else. */
  readonly factors: readonly Factor[];
  readonly sessions: readonly UserSession[];
  readonly state: UserState;
  readonly allowed: ResetOptions['steps'];
  /** The person's verified email, and whether there is a server to mail by. */
  readonly address: string | null;
  readonly mail: boolean;
}

/**
 * The steps of a case in the safe order (product.md, rule 5): recovery codes, which ZITADEL does not remove from a locked
 * account; the lock; sessions, and those that began meanwhile; factors; the way back in; telling; the unlock.
 *
 * Of an account that is locked already the recovery codes go after the unlock; the person is told of them before it, as of
 * everything. Where it is not unlocked they cannot go.
 */
export function planSteps(facts: PlanFacts): PlannedStep[] {
  const { choice, factors, state } = facts;
  const chosen = factors.filter((factor) => choice.remove.some((ref) => isSameFactor(ref, factor)));
  const codes = chosen.filter(({ kind }) => kind === 'recoveryCodes').map((factor) => toRemoval(factor, facts));
  const others = chosen.filter(({ kind }) => kind !== 'recoveryCodes').map((factor) => toRemoval(factor, facts));
  const unlock = choice.lock && !choice.keepLocked ? [step({ step: 'unlockUser' }, facts.allowed.lock)] : [];
  const guarding = [
    ...(choice.lock ? [step({ step: 'lockUser' }, facts.allowed.lock)] : []),
    ...toSessionSteps(facts),
    ...others,
    ...toWayBack(facts),
  ];
  const tell = toTelling(facts);
  if (state !== 'locked') return [...codes, ...guarding, tell, ...unlock];
  if (unlock.length === 0) return [...codes.map(whileLocked), ...guarding, tell];
  return [...guarding, tell, ...unlock, ...codes];
}

function toRemoval(factor: Factor, { allowed }: PlanFacts): PlannedStep {
  const name = 'name' in factor ? { name: factor.name } : {};
  const allowance = factor.kind === 'recoveryCodes' ? allowed.removeRecoveryCodes : allowed.removeFactor;
  return step({ step: 'removeFactor', factor: toFactorRef(factor), ...name }, allowance);
}

function toSessionSteps({ choice, sessions, allowed }: PlanFacts): PlannedStep[] {
  const { sessions: wanted } = choice;
  const chosen = wanted === 'all' ? sessions : sessions.filter(({ sessionId }) => wanted.includes(sessionId));
  const ends = chosen.map(({ sessionId, device }) =>
    step({ step: 'endSession', sessionId, device }, allowed.endSession),
  );
  return wanted === 'all' ? [...ends, step({ step: 'endLaterSessions' }, allowed.endSession)] : ends;
}

function toWayBack({ choice, allowed }: PlanFacts): PlannedStep[] {
  switch (choice.reenrolment) {
    case 'none':
      return [];
    case 'passwordReset':
      return [step({ step: 'sendPasswordReset' }, allowed.passwordReset)];
    case 'passkeyLink':
      return [step({ step: 'sendPasskeyLink' }, allowed.passkeyLink)];
  }
}

function toTelling({ address, mail }: PlanFacts): PlannedStep {
  const because = !mail ? 'noMail' : address === null ? 'noAddress' : undefined;
  const told = step({ step: 'tellUser' }, { allowed: true });
  return because ? { ...told, skipped: { because, reason: null } } : told;
}

const whileLocked = (codes: PlannedStep): PlannedStep => ({
  ...codes,
  skipped: codes.skipped ?? { because: 'locked', reason: null },
});

function step(deed: ResetDeed, allowance: ResetAllowance): PlannedStep {
  if (allowance.allowed) return { deed, skipped: null, permission: null, role: null };
  if (allowance.because === 'state') {
    return { deed, skipped: { because: 'state', reason: null }, permission: null, role: null };
  }
  const { permission = null, role = null } = allowance;
  return { deed, skipped: { because: 'permission', reason: null }, permission, role };
}

/** What of a choice is not there: the fields, as a refusal names them. */
export function findMissing(
  { remove, sessions: wanted }: ResetChoice,
  factors: readonly FactorRef[],
  sessions: readonly UserSession[],
): string[] {
  const isMissing = (factor: FactorRef, index: number) =>
    !factors.some((held) => isSameFactor(held, factor)) ||
    remove.findIndex((other) => isSameFactor(other, factor)) !== index;
  const missingFactors = remove.flatMap((factor, index) =>
    isMissing(factor, index) ? [`choice.remove.${index}`] : [],
  );
  const ids = wanted === 'all' ? [] : wanted;
  const missingSessions = ids.flatMap((id, index) =>
    sessions.some(({ sessionId }) => sessionId === id) ? [] : [`choice.sessions.${index}`],
  );
  return [...missingFactors, ...missingSessions];
}
