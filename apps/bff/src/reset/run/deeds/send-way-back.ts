import type { ResetStep } from '@latchkey/contract/reset';
import type { Actor } from '../../../guard/actor.ts';
import { readStanding, refuseAgainst } from '../../../guard/standing.ts';
import type { Zitadel } from '../../../zitadel/client.ts';
import { needFor, type Permission } from '../../../zitadel/permission.ts';
import { mayHaveHappened, toProblem } from '../../../zitadel/to-problem.ts';
import type { UserPlace } from '../../../zitadel/to-user.ts';
import type { StepAnswer } from '../../case/hold-case.ts';
import { type CaseWork, contextOf, placeOf } from '../case-work.ts';

type Send = (zitadel: Zitadel, caller: Actor['caller'], user: UserPlace) => Promise<void>;

const permissions = {
  sendPasswordReset: 'user.write',
  sendPasskeyLink: 'user.passkey.write',
} as const satisfies Record<string, Permission>;

/**
 * Has ZITADEL mail the person a way back in. Nobody can look whether a mail went out: one whose answer was lost is unknown,
 * and sent once more when the case is run again, which makes the former one worthless.
 *
 * @throws Problem when it was refused; HoldLost.
 */
export async function sendWayBack(
  work: CaseWork,
  step: ResetStep,
  act: keyof typeof permissions,
  send: Send,
): Promise<StepAnswer> {
  const { zitadel } = work.parts;
  const { actor, audit, why, onAnnounced } = contextOf(work, step);
  const place = placeOf(work);
  const permission = permissions[act];
  refuseAgainst(await readStanding(zitadel, actor, place), permission);
  const { userId, organisationId } = place;
  const announced = await audit.announce(actor, { act: { act, userId }, organisationId }, why);
  try {
    await onAnnounced?.(announced.actId);
    await send(zitadel, actor.caller, place);
    await announced.end('done');
    return { state: 'done' };
  } catch (error) {
    if (mayHaveHappened(error)) {
      await announced.end('unknown');
      return { state: 'unknown', problem: 'outcome_unknown' };
    }
    const problem = toProblem(error, needFor(permission, organisationId));
    await announced.end('refused', problem.code);
    throw problem;
  }
}
