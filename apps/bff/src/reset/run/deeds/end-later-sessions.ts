import type { ResetStep } from '@latchkey/contract/reset';
import { makeSessionEnd } from '../../../user-sessions/session-service.ts';
import { needFor } from '../../../zitadel/permission.ts';
import { listSessions } from '../../../zitadel/read/list-sessions.ts';
import { toProblem } from '../../../zitadel/to-problem.ts';
import { readSteps } from '../../case/case-store.ts';
import type { StepAnswer } from '../../case/hold-case.ts';
import { type CaseWork, contextOf, noteTried, placeOf, toAnswer } from '../case-work.ts';

/** Without a lock somebody could begin sessions as fast as they end. */
const mostRounds = 10;

/**
 * Ends whatever sessions there are by now, but those that the agent left out. Listed again until nothing new is found,
 * because ZITADEL's list lags behind a sign-in of a moment ago.
 *
 * @throws Problem, HoldLost
 */
export async function endLaterSessions(work: CaseWork, step: ResetStep): Promise<StepAnswer> {
  const { parts, row } = work;
  await noteTried(work, step, null);
  const seen = await leftOut(work);
  let count = step.count ?? 0;
  for (let round = 0; round < mostRounds; round += 1) {
    const found = (await list(work)).filter(({ sessionId }) => !seen.has(sessionId));
    if (found.length === 0) return { state: count > 0 ? 'done' : 'unneeded', count };
    for (const { sessionId } of found) {
      seen.add(sessionId);
      const made = await makeSessionEnd(parts.zitadel, contextOf(work, step), row.user_id, sessionId);
      const answer = toAnswer(made, 'not_removed');
      if (answer.state !== 'done' && answer.state !== 'unneeded') return { ...answer, count };
      if (answer.state === 'done') count += 1;
    }
  }
  return { state: 'notDone', problem: 'not_removed', count };
}

async function leftOut({ parts, row }: CaseWork): Promise<Set<string>> {
  const steps = await readSteps(parts.store, row.reset_id);
  const skipped = steps.filter(({ state }) => state === 'skipped');
  return new Set(skipped.flatMap(({ deed }) => (deed.step === 'endSession' ? [deed.sessionId] : [])));
}

async function list(work: CaseWork) {
  const { userId, organisationId } = placeOf(work);
  try {
    return await listSessions(work.parts.zitadel, work.actor.caller, userId);
  } catch (error) {
    throw toProblem(error, needFor('session.read', organisationId));
  }
}
