import type { Reset } from '@latchkey/contract/reset';
import type { Actor } from '../../guard/actor.ts';
import { readStanding } from '../../guard/standing.ts';
import { Problem } from '../../http/problem.ts';
import { readUser } from '../../zitadel/read/read-user.ts';
import { type Case, whyOf } from '../case/case-store.ts';
import { changeIdle } from '../case/change-idle.ts';
import { refuseCase } from '../plan/allow-steps.ts';
import type { ResetParts } from '../reset-parts.ts';
import { closeIfRefused } from '../view/close-if-refused.ts';
import { viewCaseById } from '../view/view-case.ts';
import { recordAct } from './record-act.ts';

/**
 * Makes a case the actor's own. The plan stays as it is; so does what a second person approved, unless that was the actor.
 *
 * @throws Problem `case_changed` for a case that runs, is over, or is theirs already; what the guards say.
 */
export async function takeOver(parts: ResetParts, actor: Actor, { row }: Case): Promise<Reset> {
  const { zitadel } = parts;
  const [user, agent] = await Promise.all([
    readUser(zitadel, actor.caller, row.user_id),
    readUser(zitadel, actor.caller, actor.userId),
  ]);
  refuseCase(await readStanding(zitadel, actor, user), user);
  if (row.agent_id === actor.userId || (await closeIfRefused(parts, row))) throw new Problem('case_changed');
  const act = { act: 'takeOverReset', userId: row.user_id, resetId: row.reset_id } as const;
  await recordAct(parts, actor, row, act, whyOf(row), async () => {
    const states = ['planned', 'running', 'stopped'] as const;
    const changed = await changeIdle(parts, { row, agentId: row.agent_id, states }, (change) =>
      change
        .updateTable('resets')
        .set({ agent_id: actor.userId, agent_name: agent.displayName })
        .where('reset_id', '=', row.reset_id)
        .execute(),
    );
    if (!changed) throw new Problem('case_changed');
  });
  return await viewCaseById(parts, actor, row.reset_id);
}
