import { describeError } from '../../http/describe-error.ts';
import { isSettled } from '../case/case-state.ts';
import { readSteps, whyOf } from '../case/case-store.ts';
import { endHold, leaseLength, renewHold } from '../case/hold-case.ts';
import { type CaseWork, HoldLost } from './case-work.ts';
import { tryStep } from './try-step.ts';

/** How often the process says that it is alive, while a step takes long. */
const pulse = leaseLength / 3;

/**
 * Runs a case that this process holds, from where it stands to its end, or to a step that needs the agent. Goes on when
 * its request has been answered and its page closed. Does not throw: what befalls it leaves the case interrupted.
 */
export async function runCase(work: CaseWork): Promise<void> {
  const { parts, row, hold } = work;
  const beat = setInterval(() => void renewHold(parts, hold).catch(() => false), pulse);
  try {
    await endHold(parts, hold, await runSteps(work));
  } catch (error) {
    const lost = error instanceof HoldLost;
    parts.log[lost ? 'warn' : 'error'](
      { resetId: row.reset_id, error: describeError(error) },
      'a reset was interrupted',
    );
    if (!lost) await endHold(parts, hold, 'running').catch(() => false);
  } finally {
    clearInterval(beat);
  }
}

/** @returns how the case is left; `running` without a runner is interrupted. */
async function runSteps(work: CaseWork): Promise<'running' | 'stopped' | 'done'> {
  const { parts, row } = work;
  for (;;) {
    if (parts.runs.stopping) return 'running';
    const next = (await readSteps(parts.store, row.reset_id)).find((step) => !isSettled(step));
    if (!next) return await finish(work);
    const verdict = await tryStep(work, next);
    if (verdict === 'stop') return 'stopped';
    if (verdict === 'pause') return 'running';
  }
}

async function finish({ parts, actor, row }: CaseWork): Promise<'done'> {
  const act = { act: 'finishReset', userId: row.user_id, resetId: row.reset_id } as const;
  const placed = { act, organisationId: row.organisation_id };
  const announced = await parts.audit.announce(actor, placed, whyOf(row));
  await announced.end('done');
  return 'done';
}
