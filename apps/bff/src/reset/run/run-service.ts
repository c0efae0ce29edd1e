import type { Reset } from '@latchkey/contract/reset';
import { type CurrentApproval, spendApproval } from '../../approvals/approval-store.ts';
import type { Actor } from '../../guard/actor.ts';
import { readStanding } from '../../guard/standing.ts';
import { Problem } from '../../http/problem.ts';
import type { ResetRow } from '../../store/reset-tables.ts';
import { readUser } from '../../zitadel/read/read-user.ts';
import { isCleared, isOver, stateOf } from '../case/case-state.ts';
import type { Case } from '../case/case-store.ts';
import { changeIdle } from '../case/change-idle.ts';
import { claimCase } from '../case/hold-case.ts';
import { refuseCase } from '../plan/allow-steps.ts';
import { needsApproval } from '../plan/needs-approval.ts';
import type { ResetParts } from '../reset-parts.ts';
import { findCaseApproval } from '../view/close-if-refused.ts';
import { viewCaseById } from '../view/view-case.ts';
import { runCase } from './run-case.ts';

/**
 * Runs a case, or goes on with one that was interrupted or stopped. Answered at once: the work goes on in this process, in
 * the agent's name, and the page looks how it is doing.
 *
 * @throws Problem `case_changed` for anybody but the case's agent, and for a case that runs or is over;
 * `approval_required`, `rate_limited` when its removals are more than the agent may still make, and what the guards say.
 */
export async function runReset(parts: ResetParts, actor: Actor, found: Case): Promise<Reset> {
  const { row } = found;
  if (row.agent_id !== actor.userId) throw new Problem('case_changed');
  const user = await readUser(parts.zitadel, actor.caller, row.user_id);
  const standing = await readStanding(parts.zitadel, actor, user);
  refuseCase(standing, user);
  const approval = await findCleared(parts, row, needsApproval(standing));
  const removals = row.state === 'planned' ? countRemovals(found) : 0;
  if (removals > 0) await parts.removalLimits.take(actor.userId, removals);
  if (approval?.state === 'approved') await spend(parts, actor, row, approval);
  const hold = await claimCase(parts, row);
  if (!hold) throw new Problem('case_changed');
  const work = { parts, actor, row, hold };
  parts.runs.start(() => runCase(work));
  return await viewCaseById(parts, actor, row.reset_id);
}

/**
 * @param because why somebody would have to approve the case if it were made now. Who has become an admin since it was made
 * is reset by two.
 * @returns the approval, where one is needed.
 * @throws Problem `approval_required`, `case_changed`
 */
async function findCleared(
  parts: ResetParts,
  row: ResetRow,
  because: ResetRow['approval_because'],
): Promise<CurrentApproval | undefined> {
  const approval = await findCaseApproval(parts, row);
  const state = stateOf(row, approval, parts.clock());
  if (state === 'running' || isOver(state)) throw new Problem('case_changed');
  if (row.state === 'planned' && row.approval_because === null && because !== null) {
    await changeIdle(parts, { row, agentId: row.agent_id, states: ['planned'] }, (change) =>
      change.updateTable('resets').set({ approval_because: because }).where('reset_id', '=', row.reset_id).execute(),
    );
    throw new Problem('approval_required');
  }
  if (!isCleared(row, approval)) throw new Problem('approval_required');
  return approval;
}

/** Takes the approval for this case, once. @throws Problem `approval_required` */
async function spend(parts: ResetParts, actor: Actor, row: ResetRow, approval: CurrentApproval): Promise<void> {
  if (await spendApproval(parts, approval.approval_id, row.plan_hash, actor.userId)) return;
  // Spent a moment ago by another try to run this very case: then it is for this one, too.
  const again = await findCaseApproval(parts, row);
  if (again?.state !== 'used') throw new Problem('approval_required');
}

function countRemovals({ steps }: Case): number {
  return steps.filter(({ deed, state }) => deed.step === 'removeFactor' && state === 'planned').length;
}
