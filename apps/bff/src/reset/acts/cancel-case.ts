import type { Reset } from '@latchkey/contract/reset';
import { withdrawApproval } from '../../approvals/approval-store.ts';
import type { Actor } from '../../guard/actor.ts';
import { Problem } from '../../http/problem.ts';
import { type Case, whyOf } from '../case/case-store.ts';
import { changeIdle } from '../case/change-idle.ts';
import type { ResetParts } from '../reset-parts.ts';
import { findCaseApproval } from '../view/close-if-refused.ts';
import { viewCaseById } from '../view/view-case.ts';
import { recordAct } from './record-act.ts';
import { findUntold, tellCancelled, writeUntold } from './tell-cancelled.ts';

/**
 * Ends a case where it stands. Nothing is undone: an account that the case locked stays locked, which the answer says
 * (`leftLocked`). The
 * person is told of what was done before, as at the end of a case.
 *
 * @throws Problem `case_changed` for anybody but the case's agent, while it runs, and when it is over; what befell the look
 * at whom to tell.
 */
export async function cancelCase(parts: ResetParts, actor: Actor, found: Case): Promise<Reset> {
  const { row } = found;
  const over = { state: 'cancelled', open_user_id: null, runner: null, runner_until: null } as const;
  const act = { act: 'cancelReset', userId: row.user_id, resetId: row.reset_id } as const;
  const untold = row.agent_id === actor.userId ? await findUntold(parts, actor, found) : undefined;
  const cancel = () =>
    recordAct(parts, actor, row, act, whyOf(row), async () => {
      const states = ['planned', 'running', 'stopped'] as const;
      const changed = await changeIdle(parts, { row, agentId: actor.userId, states }, async (change) => {
        const finished = { ...over, finished_at: parts.clock() };
        await change.updateTable('resets').set(finished).where('reset_id', '=', row.reset_id).execute();
        if (untold) await writeUntold(parts, change, row, untold);
      });
      if (!changed) throw new Problem('case_changed');
    });
  await tellCancelled(parts, actor, row, untold, cancel);
  const approval = await findCaseApproval(parts, row);
  if (approval) await withdrawApproval(parts, approval.approval_id);
  return await viewCaseById(parts, actor, row.reset_id);
}
