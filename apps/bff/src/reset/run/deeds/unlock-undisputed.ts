import type { ResetStep } from '@latchkey/contract/reset';
import { findOpenDispute } from '../../../notices/open-dispute.ts';
import { makeLockChange } from '../../../users/lock-service.ts';
import { readSteps } from '../../case/case-store.ts';
import type { StepAnswer } from '../../case/hold-case.ts';
import { type CaseWork, contextOf, toAnswer } from '../case-work.ts';
import { mayUnlock } from './may-unlock.ts';

const disputed: StepAnswer = { state: 'skipped', skipped: { because: 'disputed', reason: null } };

/**
 * Unlocks the account, when everything that guards it has been done, and unless the person said "this was not me": they
 * are told before the unlock. By which case's mail they say so is all the same. Who says so while ZITADEL is being asked is locked again.
 *
 * @throws Problem, HoldLost
 */
export async function unlockUndisputed(work: CaseWork, step: ResetStep): Promise<StepAnswer> {
  const { parts, row } = work;
  if (!mayUnlock(await readSteps(parts.store, row.reset_id))) return { state: 'refused', problem: 'case_changed' };
  if (await isDisputed(work)) return disputed;
  const { onAnnounced: _noted, ...context } = contextOf(work, step);
  const made = await makeLockChange(parts.zitadel, contextOf(work, step), 'unlock', row.user_id);
  if (!(await isDisputed(work))) return toAnswer(made);
  const again = toAnswer(await makeLockChange(parts.zitadel, context, 'lock', row.user_id));
  return again.state === 'done' || again.state === 'unneeded' ? disputed : again;
}

async function isDisputed({ parts, row }: CaseWork): Promise<boolean> {
  return (await findOpenDispute(parts.store, row.user_id)) !== null;
}
