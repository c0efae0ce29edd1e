import type { Reset, ResetState, ResetStep } from '@latchkey/contract/reset';
import type { CurrentApproval } from '../../approvals/approval-store.ts';
import type { ResetRow } from '../../store/reset-tables.ts';

/** A case lives this long, in milliseconds: nobody knows any more who called, and the account has changed. */
export const caseLifetime = 24 * 3_600_000;
/** What a second person approved goes on this long after they did, also when it was stopped or interrupted. */
export const clearedLifetime = 2 * 3_600_000;

/** Whether a process runs the case now: what it said last still holds. */
export function isRunning(row: ResetRow, now: number): boolean {
  return row.state === 'running' && row.runner !== null && (row.runner_until ?? 0) > now;
}

/**
 * How a case stands.
 *
 * @param approval the newest request about it.
 * @param now epoch milliseconds.
 */
export function stateOf(row: ResetRow, approval: CurrentApproval | undefined, now: number): ResetState {
  switch (row.state) {
    case 'running':
      return isRunning(row, now) ? 'running' : 'interrupted';
    case 'planned':
      if (isCleared(row, approval)) return 'planned';
      return isRefused(row, approval) ? 'refused' : 'waiting';
    case 'stopped':
    case 'refused':
    case 'done':
    case 'cancelled':
      return row.state;
  }
}

/**
 * Whether a case may not run any more: it is cancelled, and made anew.
 *
 * @param now epoch milliseconds.
 */
export function isTooOld(row: ResetRow, approval: CurrentApproval | undefined, now: number): boolean {
  if (row.open_user_id === null) return false;
  const approvedAt = approval?.state === 'used' && isCleared(row, approval) ? approval.decided_at : null;
  return now >= row.created_at + caseLifetime || (approvedAt !== null && now >= approvedAt + clearedLifetime);
}

/** Whether nobody is waited for: none is needed, or somebody who neither runs nor started it approved this very plan. */
export function isCleared(row: ResetRow, approval: CurrentApproval | undefined): boolean {
  if (row.approval_because === null) return true;
  if (!approval || approval.plan_hash !== row.plan_hash) return false;
  if (approval.decided_by_id === row.agent_id || approval.decided_by_id === row.started_by_id) return false;
  return approval.state === 'approved' || approval.state === 'used';
}

/** A case that was refused before it began is over; one that had begun waits for another request. */
export function isRefused(row: ResetRow, approval: CurrentApproval | undefined): boolean {
  return row.state === 'planned' && approval?.state === 'refused' && approval.plan_hash === row.plan_hash;
}

export type ApprovalStanding = NonNullable<Reset['approval']>['state'];

/** What the page is told of the second person; what an agent approved before they took the case over counts for nothing. */
export function approvalStateOf(row: ResetRow, approval: CurrentApproval | undefined): ApprovalStanding {
  if (!approval || approval.state === 'withdrawn') return 'needed';
  const isGranted = approval.state === 'approved' || approval.state === 'used';
  return isGranted && !isCleared(row, approval) ? 'needed' : approval.state;
}

export const isOver = (state: ResetState): boolean => state === 'done' || state === 'cancelled' || state === 'refused';

/** Whether nothing is left to do about a step. A mail that did not go out stops no case: it is retried by itself. */
export function isSettled({ state, deed }: Pick<ResetStep, 'state' | 'deed'>): boolean {
  switch (state) {
    case 'done':
    case 'unneeded':
    case 'waiting':
    case 'skipped':
      return true;
    case 'planned':
    case 'tried':
    case 'refused':
      return false;
    case 'notDone':
    case 'unknown':
      return deed.step === 'tellUser';
  }
}

/** Whether the case has locked the account and not unlocked it. What is not known counts as locked. */
export function isLeftLocked(steps: readonly ResetStep[]): boolean {
  const stateOfStep = (name: 'lockUser' | 'unlockUser') => steps.find(({ deed }) => deed.step === name)?.state;
  const locked = stateOfStep('lockUser');
  const unlocked = stateOfStep('unlockUser');
  const mayBeLocked = locked === 'done' || locked === 'unneeded' || locked === 'tried' || locked === 'unknown';
  return mayBeLocked && unlocked !== 'done' && unlocked !== 'unneeded';
}
