import type { Reset } from '@latchkey/contract/reset';
import { requestApproval } from '../../approvals/request-approval.ts';
import type { Actor } from '../../guard/actor.ts';
import { Problem } from '../../http/problem.ts';
import { approvalStateOf, isCleared, isOver, isTooOld, stateOf } from '../case/case-state.ts';
import { type Case, callerOf, choiceOf } from '../case/case-store.ts';
import type { ResetParts } from '../reset-parts.ts';
import { findCaseApproval } from '../view/close-if-refused.ts';
import { viewCaseById } from '../view/view-case.ts';

/**
 * Asks for a second person, who sees exactly what will run. Where one is asked already, that request is the answer.
 *
 * @throws Problem `case_changed` for anybody but the case's agent, for a case that runs, is over or too old, and where
 * nobody has to be asked (any more).
 */
export async function askSecondPerson(parts: ResetParts, actor: Actor, { row, steps }: Case): Promise<Reset> {
  const approval = await findCaseApproval(parts, row);
  const state = stateOf(row, approval, parts.clock());
  const isClosed = state === 'running' || isOver(state) || isTooOld(row, approval, parts.clock());
  if (row.agent_id !== actor.userId || isClosed || isCleared(row, approval)) throw new Problem('case_changed');
  if (approvalStateOf(row, approval) === 'waiting') return await viewCaseById(parts, actor, row.reset_id);
  await requestApproval(parts, actor, {
    kind: 'reset',
    subjectId: row.reset_id,
    subject: {
      kind: 'reset',
      resetId: row.reset_id,
      user: { userId: row.user_id, name: row.user_name, loginName: row.login_name },
      caller: callerOf(row).how,
      deeds: steps.filter((step) => step.state !== 'skipped').map(({ deed }) => deed),
      keptLocked: choiceOf(row).keepLocked,
    },
    planHash: row.plan_hash,
    userId: row.user_id,
    organisationId: row.organisation_id,
    requestedBy: { userId: actor.userId, name: row.agent_name },
    reason: row.reason,
    ticket: row.ticket,
  });
  return await viewCaseById(parts, actor, row.reset_id);
}
