import type { ResetStep } from '@latchkey/contract/reset';
import { makeFactorRemoval } from '../../../factors/factor-service.ts';
import { makeSessionEnd } from '../../../user-sessions/session-service.ts';
import { makeLockChange } from '../../../users/lock-service.ts';
import { sendPasskeyLink, sendPasswordReset } from '../../../zitadel/user-change.ts';
import { readSteps } from '../../case/case-store.ts';
import type { StepAnswer } from '../../case/hold-case.ts';
import { type CaseWork, contextOf, toAnswer } from '../case-work.ts';
import { endLaterSessions } from './end-later-sessions.ts';
import { sendWayBack } from './send-way-back.ts';
import { tellPerson } from './tell-person.ts';
import { unlockUndisputed } from './unlock-undisputed.ts';

/**
 * Does what a step says, by the same ways as the pages do it: guarded anew, written down before and after.
 *
 * @throws Problem when it was refused; HoldLost.
 */
export async function makeDeed(work: CaseWork, step: ResetStep): Promise<StepAnswer> {
  const { deed } = step;
  const { zitadel, config } = work.parts;
  const userId = work.row.user_id;
  const context = contextOf(work, step);
  switch (deed.step) {
    case 'removeFactor': {
      if (await areStillLocked(work, step)) return { state: 'skipped', skipped: { because: 'locked', reason: null } };
      const options = { zitadel, removalApi: config.removalApi };
      return toAnswer(await makeFactorRemoval(options, context, userId, deed.factor), 'not_removed');
    }
    case 'lockUser':
      return await lock(work, step);
    case 'endSession':
      return toAnswer(await makeSessionEnd(zitadel, context, userId, deed.sessionId), 'not_removed');
    case 'endLaterSessions':
      return await endLaterSessions(work, step);
    case 'sendPasswordReset':
      return await sendWayBack(work, step, 'sendPasswordReset', sendPasswordReset);
    case 'sendPasskeyLink':
      return await sendWayBack(work, step, 'sendPasskeyLink', sendPasskeyLink);
    case 'tellUser':
      return await tellPerson(work, step);
    case 'unlockUser':
      return await unlockUndisputed(work, step);
  }
}

/** Recovery codes after an unlock that was left out: ZITADEL does not remove them from a locked account. */
async function areStillLocked({ parts, row }: CaseWork, { number, deed }: ResetStep): Promise<boolean> {
  if (deed.step !== 'removeFactor' || deed.factor.kind !== 'recoveryCodes') return false;
  const steps = await readSteps(parts.store, row.reset_id);
  return steps.some((other) => other.deed.step === 'unlockUser' && other.number < number && other.state === 'skipped');
}

/**
 * Locks the account. One that somebody else has locked since the plan was made stops the case the first time: it was
 * locked for a reason, and this case would undo it at its end. Whoever runs it again knows.
 */
async function lock(work: CaseWork, step: ResetStep): Promise<StepAnswer> {
  const { row, parts } = work;
  const made = await makeLockChange(parts.zitadel, contextOf(work, step), 'lock', row.user_id);
  const isSurprise = made.outcome === 'unneeded' && row.user_state !== 'locked' && step.triedAt === null;
  return isSurprise ? { state: 'refused', problem: 'case_changed' } : toAnswer(made);
}
