import { type CurrentApproval, revokeApproval, spendApproval } from '../../approvals/approval-store.ts';
import type { Actor } from '../../guard/actor.ts';
import { coversAll } from '../../guard/covers-role.ts';
import type { Standing } from '../../guard/standing.ts';
import { Problem } from '../../http/problem.ts';
import type { ResetRow } from '../../store/reset-tables.ts';
import { readRoles } from '../../zitadel/read/read-roles.ts';
import { readUser } from '../../zitadel/read/read-user.ts';
import { toProblem } from '../../zitadel/to-problem.ts';
import { isCleared, isOver, isTooOld, stateOf } from '../case/case-state.ts';
import { changeIdle } from '../case/change-idle.ts';
import { needsApproval } from '../plan/needs-approval.ts';
import type { ResetParts } from '../reset-parts.ts';
import { findCaseApproval } from '../view/close-if-refused.ts';

/**
 * Asks at every run, also of a case that stopped or was interrupted, whether a second person is needed and has agreed: who
 * has become an admin since it was made is reset by two.
 *
 * @param standing how the agent stands to the person now.
 * @returns the approval, where one is needed.
 * @throws Problem `approval_required`; `case_changed` for one that runs, is over or too old.
 */
export async function clearRun(
  parts: ResetParts,
  actor: Actor,
  row: ResetRow,
  standing: Standing,
): Promise<CurrentApproval | undefined> {
  const approval = await findCaseApproval(parts, row);
  const now = parts.clock();
  const state = stateOf(row, approval, now);
  if (state === 'running' || isOver(state) || isTooOld(row, approval, now)) throw new Problem('case_changed');
  const because = needsApproval(standing);
  if (row.approval_because === null && because !== null) {
    const states = ['planned', 'running', 'stopped'] as const;
    await changeIdle(parts, { row, agentId: row.agent_id, states }, (change) =>
      change.updateTable('resets').set({ approval_because: because }).where('reset_id', '=', row.reset_id).execute(),
    );
    throw new Problem('approval_required');
  }
  if (!isCleared(row, approval)) throw new Problem('approval_required');
  if (approval && !(await isStillEntitled(parts, actor, approval, standing))) {
    await revokeApproval(parts, approval.approval_id);
    throw new Problem('approval_required');
  }
  return approval;
}

/** Takes the approval for this case, once. @throws Problem `approval_required` */
export async function spendForRun(
  parts: ResetParts,
  actor: Actor,
  row: ResetRow,
  approval: CurrentApproval,
): Promise<void> {
  if (approval.state === 'used') return;
  if (await spendApproval(parts, approval.approval_id, row.plan_hash, actor.userId)) return;
  throw new Problem('approval_required');
}

/**
 * Whether who approved still can sign in and covers the person's roles, as far as the agent may see that: whoever they may
 * not read, or whose roles they may not read, counts as entitled.
 */
async function isStillEntitled(
  { zitadel }: ResetParts,
  { caller }: Actor,
  { decided_by_id: approverId }: CurrentApproval,
  { roles: theirs }: Standing,
): Promise<boolean> {
  if (approverId === null) return false;
  try {
    const approver = await readUser(zitadel, caller, approverId);
    const held = await readRoles(zitadel, caller, approver);
    return approver.state === 'active' && (held === null || (held.length > 0 && coversAll(held, theirs)));
  } catch (error) {
    const problem = toProblem(error);
    if (problem.code === 'not_found' || problem.code === 'not_permitted') return true;
    throw problem;
  }
}
