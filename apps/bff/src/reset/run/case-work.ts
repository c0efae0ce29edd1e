import type { ResetStep } from '@latchkey/contract/reset';
import type { MadeChange, PersonalContext } from '../../changes/make-change.ts';
import type { Actor } from '../../guard/actor.ts';
import type { Problem } from '../../http/problem.ts';
import type { ResetRow } from '../../store/reset-tables.ts';
import { toProblem } from '../../zitadel/to-problem.ts';
import type { UserPlace } from '../../zitadel/to-user.ts';
import { whyOf } from '../case/case-store.ts';
import { type Hold, type StepAnswer, storeTried } from '../case/hold-case.ts';
import type { ResetParts } from '../reset-parts.ts';

/** One case while it runs: in whose name, and under which hold. */
export interface CaseWork {
  readonly parts: ResetParts;
  readonly actor: Actor;
  readonly row: ResetRow;
  readonly hold: Hold;
}

/** Another process has the case, because this one seemed dead: nothing more may be tried here. */
export class HoldLost extends Error {
  override readonly name = 'HoldLost';
}

/** Writes down that a step is being tried, before ZITADEL is asked. @throws HoldLost */
export async function noteTried({ parts, hold }: CaseWork, step: ResetStep, actId: string | null): Promise<void> {
  if (!(await storeTried(parts, hold, step.number, actId))) throw new HoldLost('the case is held by another process');
}

/** In whose name a step's change is made, and where that is written down. */
export function contextOf(work: CaseWork, step: ResetStep): PersonalContext {
  const { parts, actor, row } = work;
  return { audit: parts.audit, actor, why: whyOf(row), onAnnounced: (actId) => noteTried(work, step, actId) };
}

export const placeOf = ({ row }: CaseWork): UserPlace => ({
  userId: row.user_id,
  organisationId: row.organisation_id,
});

/** What became of a change, as a step has it. @param notDone what it is called when it was not made. */
export function toAnswer({ outcome, cause }: MadeChange, notDone?: Problem['code']): StepAnswer {
  switch (outcome) {
    case 'done':
    case 'unneeded':
      return { state: outcome };
    case 'notDone':
      return { state: 'notDone', problem: notDone ?? toProblem(cause).code };
    case 'unknown':
      return { state: 'unknown', problem: 'outcome_unknown' };
  }
}

/** What a step has of a refusal. Without a session nothing was asked: the step is as it was. */
export function toRefusal({ code, details }: Problem): StepAnswer {
  if (code === 'session_expired') return { state: 'planned', problem: code };
  return { state: 'refused', problem: code, permission: details.permission ?? null, role: details.role ?? null };
}
