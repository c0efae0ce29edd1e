import type { Reset, ResetStep } from '@latchkey/contract/reset';
import type { Actor } from '../../guard/actor.ts';
import { Problem } from '../../http/problem.ts';
import type { ResetRow } from '../../store/reset-tables.ts';
import { isSettled } from '../case/case-state.ts';
import { type Case, whyOf } from '../case/case-store.ts';
import { changeIdle } from '../case/change-idle.ts';
import type { ResetParts } from '../reset-parts.ts';
import { isGuarding } from '../run/deeds/may-unlock.ts';
import { viewCaseById } from '../view/view-case.ts';
import { recordAct } from './record-act.ts';

/**
 * Leaves a step out, for a reason. Only of a case that has begun: one that has not is cancelled and made anew, so that
 * what a second person approved is what runs.
 *
 * @throws Problem `case_changed` for anybody but the case's agent, or while it runs; `not_found` for a step that is none;
 * `precondition_failed` for one that may not be left out.
 */
export async function skipStep(
  parts: ResetParts,
  actor: Actor,
  { row, steps }: Case,
  number: number,
  reason: string,
): Promise<Reset> {
  const step = steps.find((other) => other.number === number);
  if (!step) throw new Problem('not_found');
  if (!isSkippable(row, step)) throw new Problem('precondition_failed');
  const numbers = [number, ...findUnlockToo(steps, step)];
  const act = { act: 'skipResetStep', userId: row.user_id, resetId: row.reset_id, number } as const;
  await recordAct(parts, actor, row, act, { ...whyOf(row), reason }, async () => {
    const skipped = JSON.stringify({ because: 'agent', reason });
    const changed = await changeIdle(parts, { row, agentId: actor.userId, states: ['stopped', 'running'] }, (change) =>
      change
        .updateTable('reset_steps')
        .set({ state: 'skipped', skipped, answered_at: parts.clock() })
        .where('reset_id', '=', row.reset_id)
        .where('number', 'in', numbers)
        .where('state', 'in', ['planned', 'notDone', 'refused', 'unknown'])
        .execute(),
    );
    if (!changed) throw new Problem('case_changed');
  });
  return await viewCaseById(parts, actor, row.reset_id);
}

/**
 * What failed, or is still to come. One whose process died while it was being tried has to be looked at first. The unlock
 * is left out only when it failed: nobody shall leave an account locked by a click that was meant for something else. The
 * telling never is, nor what guards the account where a second person has to approve: that would be another plan.
 */
export function isSkippable(row: Pick<ResetRow, 'approval_because'>, step: ResetStep): boolean {
  if (isSettled(step) || step.state === 'tried' || step.deed.step === 'tellUser') return false;
  if (row.approval_because !== null && isGuarding(step.deed)) return false;
  return step.deed.step !== 'unlockUser' || step.state !== 'planned';
}

/**
 * Without the lock there is nothing for this case to unlock; somebody else's lock is theirs. A lock of which nobody knows
 * whether it was made keeps its unlock.
 */
function findUnlockToo(steps: readonly ResetStep[], skipped: ResetStep): number[] {
  if (skipped.deed.step !== 'lockUser' || skipped.state === 'unknown') return [];
  return steps
    .filter(({ deed, state }) => deed.step === 'unlockUser' && state === 'planned')
    .map(({ number }) => number);
}
