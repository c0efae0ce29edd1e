import type { ActOutcome } from '@latchkey/contract/activity';
import type { ResetNotice, ResetStep } from '@latchkey/contract/reset';
import { describeError } from '../../../http/describe-error.ts';
import { readNotice, tellUser } from '../../../notices/tell-user.ts';
import { choiceOf, readSteps, whyOf } from '../../case/case-store.ts';
import type { StepAnswer } from '../../case/hold-case.ts';
import { type CaseWork, HoldLost, noteTried, placeOf } from '../case-work.ts';
import { composeNotice } from './compose-notice.ts';

/**
 * Tells the person what was done, once: after a process died it is looked first whether the mail was written. Whatever
 * becomes of the mail, the case goes on: a mail server must not keep an account locked.
 *
 * @throws Problem when nothing could be written because ZITADEL could not be asked; HoldLost.
 */
export async function tellPerson(work: CaseWork, step: ResetStep): Promise<StepAnswer> {
  const { parts, row, actor } = work;
  const written = await readNotice(parts.notices, row.reset_id);
  if (written) return toStepAnswer(written.state);
  const steps = await readSteps(parts.store, row.reset_id);
  const notice = await composeNotice(parts, actor, { row, steps, keptLocked: choiceOf(row).keepLocked });
  if (notice.address === null) return { state: 'skipped', skipped: { because: 'noAddress', reason: null } };
  const { userId, organisationId } = placeOf(work);
  const act = { act: 'tellUser', userId, resetId: row.reset_id } as const;
  const announced = await parts.audit.announce(actor, { act, organisationId }, whyOf(row));
  try {
    await noteTried(work, step, announced.actId);
    const told = await tellUser(parts.notices, notice);
    await announced.end(toOutcome(told.state));
    return toStepAnswer(told.state);
  } catch (error) {
    await announced.end('notDone');
    if (error instanceof HoldLost) throw error;
    parts.log.error({ resetId: row.reset_id, error: describeError(error) }, 'the person could not be told');
    return { state: 'notDone', problem: 'internal' };
  }
}

function toStepAnswer(state: ResetNotice['state']): StepAnswer {
  switch (state) {
    case 'sent':
      return { state: 'done' };
    case 'waiting':
      return { state: 'waiting' };
    case 'failed':
      return { state: 'notDone' };
    case 'noAddress':
    case 'noMail':
      return { state: 'skipped', skipped: { because: state, reason: null } };
  }
}

/** Of a mail that waits nobody can say yet what becomes of it; the case shows it. */
export function toOutcome(state: ResetNotice['state']): ActOutcome {
  if (state === 'sent') return 'done';
  return state === 'waiting' ? 'unknown' : 'notDone';
}
