import type { ResetStep } from '@latchkey/contract/reset';
import { toProblem } from '../../zitadel/to-problem.ts';
import { findCause } from '../../zitadel/upstream/upstream-fault.ts';
import { isSettled } from '../case/case-state.ts';
import { type StepAnswer, storeAnswer } from '../case/hold-case.ts';
import { type CaseWork, HoldLost, toRefusal } from './case-work.ts';
import { makeDeed } from './deeds/make-deed.ts';
import { lookFirst } from './look-first.ts';

/** What follows from a step: the next one, a stop for the agent to judge, or a pause until they have signed in again. */
export type Verdict = 'goOn' | 'stop' | 'pause';

/**
 * One step: looked at, if it was being tried when its process died, done if it has to be, and written down.
 *
 * @throws HoldLost; Error when the database does.
 */
export async function tryStep(work: CaseWork, step: ResetStep): Promise<Verdict> {
  const answer = await answerOf(work, step);
  if (!(await storeAnswer(work.parts, work.hold, step.number, answer))) {
    throw new HoldLost('the case was taken by another process meanwhile');
  }
  if (isSettled({ deed: step.deed, state: answer.state })) return 'goOn';
  // The agent signs in again and goes on; there is nothing to judge.
  return answer.problem === 'session_expired' ? 'pause' : 'stop';
}

async function answerOf(work: CaseWork, step: ResetStep): Promise<StepAnswer> {
  try {
    const found = step.state === 'tried' ? await lookFirst(work, step) : undefined;
    return found ?? (await makeDeed(work, step));
  } catch (error) {
    const lost = findCause(error, HoldLost);
    if (lost) throw lost;
    return toRefusal(toProblem(error));
  }
}
