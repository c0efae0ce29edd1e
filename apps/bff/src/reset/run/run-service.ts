import type { Reset } from '@latchkey/contract/reset';
import type { Actor } from '../../guard/actor.ts';
import { readStanding } from '../../guard/standing.ts';
import { Problem } from '../../http/problem.ts';
import { readUser } from '../../zitadel/read/read-user.ts';
import type { Case } from '../case/case-store.ts';
import { claimCase, endHold } from '../case/hold-case.ts';
import { refuseCase } from '../plan/allow-steps.ts';
import type { ResetParts } from '../reset-parts.ts';
import { viewCaseById } from '../view/view-case.ts';
import { clearRun, spendForRun } from './clear-run.ts';
import { runCase } from './run-case.ts';

/**
 * Runs a case, or goes on with one that was interrupted or stopped. Answered at once: the work goes on in this process, in
 * the agent's name, and the page looks how it is doing.
 *
 * @throws Problem `case_changed` for anybody but the case's agent, and for a case that runs, is over or too old;
 * `approval_required`, `rate_limited` when its removals are more than the agent may still make, and what the guards say.
 */
export async function runReset(parts: ResetParts, actor: Actor, found: Case): Promise<Reset> {
  const { row } = found;
  if (row.agent_id !== actor.userId) throw new Problem('case_changed');
  const user = await readUser(parts.zitadel, actor.caller, row.user_id);
  const standing = await readStanding(parts.zitadel, actor, user);
  refuseCase(standing, user);
  const approval = await clearRun(parts, actor, row, standing);
  const hold = await claimCase(parts, row);
  if (!hold) throw new Problem('case_changed');
  try {
    const removals = countRemovals(found);
    if (removals > 0) await parts.removalLimits.take(actor.userId, removals);
    if (approval) await spendForRun(parts, actor, row, approval);
  } catch (error) {
    await endHold(parts, hold, row.state === 'planned' ? 'planned' : row.state === 'stopped' ? 'stopped' : 'running');
    throw error;
  }
  const work = { parts, actor, row, hold };
  parts.runs.start(() => runCase(work));
  return await viewCaseById(parts, actor, row.reset_id);
}

/** All that the case will remove, when it begins: nothing of it has been tried or left out yet. */
function countRemovals({ steps }: Case): number {
  const hasBegun = steps.some(({ triedAt, answeredAt }) => triedAt !== null || answeredAt !== null);
  return hasBegun ? 0 : steps.filter(({ deed, state }) => deed.step === 'removeFactor' && state === 'planned').length;
}
