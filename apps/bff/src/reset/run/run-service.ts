import type { Reset } from '@latchkey/contract/reset';
import { spendApproval } from '../../approvals/approval-store.ts';
import type { Actor } from '../../guard/actor.ts';
import { readStanding } from '../../guard/standing.ts';
import { Problem } from '../../http/problem.ts';
import type { ResetRow } from '../../store/reset-tables.ts';
import { readUser } from '../../zitadel/read/read-user.ts';
import { isCleared, stateOf } from '../case/case-state.ts';
import type { Case } from '../case/case-store.ts';
import { claimCase } from '../case/hold-case.ts';
import { refuseCase } from '../plan/allow-steps.ts';
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
  refuseCase(await readStanding(parts.zitadel, actor, user), user);
  await refuseUncleared(parts, actor, row);
  const removals = row.state === 'planned' ? countRemovals(found) : 0;
  if (removals > 0) await parts.removalLimits.take(actor.userId, removals);
  const hold = await claimCase(parts, row);
  if (!hold) throw new Problem('case_changed');
  const work = { parts, actor, row, hold };
  parts.runs.start(() => runCase(work));
  return await viewCaseById(parts, actor, row.reset_id);
}

/** @throws Problem `approval_required`, `case_changed` */
async function refuseUncleared(parts: ResetParts, actor: Actor, row: ResetRow): Promise<void> {
  const approval = await findCaseApproval(parts, row);
  const state = stateOf(row, approval, parts.clock());
  if (state === 'running' || state === 'refused' || state === 'done' || state === 'cancelled') {
    throw new Problem('case_changed');
  }
  if (!isCleared(row, approval)) throw new Problem('approval_required');
  if (approval?.state !== 'approved') return;
  if (await spendApproval(parts, approval.approval_id, row.plan_hash, actor.userId)) return;
  // Spent a moment ago by another try to run this very case: then it is for this one, too.
  const again = await findCaseApproval(parts, row);
  if (again?.state !== 'used') throw new Problem('approval_required');
}

function countRemovals({ steps }: Case): number {
  return steps.filter(({ deed, state }) => deed.step === 'removeFactor' && state === 'planned').length;
}
