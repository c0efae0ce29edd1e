import type { Act } from '@latchkey/contract/activity';
import type { ReasonBody } from '@latchkey/contract/removal';
import type { Actor } from '../../guard/actor.ts';
import type { ResetRow } from '../../store/reset-tables.ts';
import { toProblem } from '../../zitadel/to-problem.ts';
import type { ResetParts } from '../reset-parts.ts';

/** Writes an act on a case into the audit, before it is made and after. @throws Problem as `make` does. */
export async function recordAct(
  { audit }: Pick<ResetParts, 'audit'>,
  actor: Actor,
  { organisation_id: organisationId }: Pick<ResetRow, 'organisation_id'>,
  act: Act,
  why: ReasonBody,
  make: () => Promise<void>,
): Promise<void> {
  const announced = await audit.announce(actor, { act, organisationId }, why);
  try {
    await make();
    await announced.end('done');
  } catch (error) {
    const problem = toProblem(error);
    await announced.end('refused', problem.code);
    throw problem;
  }
}
