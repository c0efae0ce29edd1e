import type { Act } from '@latchkey/contract/activity';
import type { ResetStep } from '@latchkey/contract/reset';
import { didActHappen } from '../../changes/did-act-happen.ts';
import { isActDone } from '../../changes/is-act-done.ts';
import { toProblem } from '../../zitadel/to-problem.ts';
import type { StepAnswer } from '../case/hold-case.ts';
import { type CaseWork, placeOf } from './case-work.ts';

/**
 * Of a step whose process died after it had asked ZITADEL: is it so by now? Then it is done and not tried again. The audit
 * is told, too, that somebody has looked.
 *
 * @returns undefined when it has to be tried (again): it is not so, or leaves nothing behind that one could look at.
 * @throws Problem
 */
export async function lookFirst(work: CaseWork, step: ResetStep): Promise<StepAnswer | undefined> {
  const { actor } = work;
  const { zitadel, audit } = work.parts;
  const { userId, organisationId } = placeOf(work);
  await audit.resolve(actor, { userId }, (tried) => didActHappen(zitadel, actor.caller, tried));
  const act = toAct(step, userId);
  if (!act) return undefined;
  try {
    return (await isActDone(zitadel, actor.caller, { act, organisationId })) ? { state: 'done' } : undefined;
  } catch (error) {
    throw toProblem(error);
  }
}

/** The act of a step that can be seen in ZITADEL afterwards. */
function toAct({ deed }: ResetStep, userId: string): Act | undefined {
  switch (deed.step) {
    case 'removeFactor':
      return { act: 'removeFactor', userId, factor: deed.factor };
    case 'lockUser':
    case 'unlockUser':
      return { act: deed.step, userId };
    case 'endSession':
      return { act: 'endSession', userId, sessionId: deed.sessionId };
    case 'endLaterSessions':
    case 'sendPasswordReset':
    case 'sendPasskeyLink':
    case 'tellUser':
      return undefined;
  }
}
