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

/**
 * Ends a case where it stands. Nothing is undone: an account that the case locked stays locked, which the answer says
 * (`leftLocked`).
 *
 * @throws Problem `case_changed` for anybody but the case's agent, while it runs, and when it is over.
 */
export async function cancelCase(parts: ResetParts, actor: Actor, { row }: Case): Promise<Reset> {
  const act = { act: 'cancelReset', userId: row.user_id, resetId: row.reset_id } as const;
  await recordAct(parts, actor, row, act, whyOf(row), async () => {
    const states = ['planned', 'running', 'stopped'] as const;
    const changed = await changeIdle(parts, { row, agentId: actor.userId, states }, (change) =>
      change
        .updateTable('resets')
        .set({ state: 'cancelled', open_user_id: null, runner: null, runner_until: null, finished_at: parts.clock() })
        .where('reset_id', '=', row.reset_id)
        .execute(),
    );
    if (!changed) throw new Problem('case_changed');
  });
  const approval = await findCaseApproval(parts, row);
  if (approval) await withdrawApproval(parts, approval.approval_id);
  return await viewCaseById(parts, actor, row.reset_id);
}
