import type { ResetStep } from '@latchkey/contract/reset';
import type { Transaction } from 'kysely';
import type { Actor } from '../../guard/actor.ts';
import { readNotice, tellUser, type UserNotice, writeUserNotice } from '../../notices/tell-user.ts';
import type { ResetRow } from '../../store/reset-tables.ts';
import type { Tables } from '../../store/tables.ts';
import { toProblem } from '../../zitadel/to-problem.ts';
import { isLeftLocked } from '../case/case-state.ts';
import { type Case, choiceOf, whyOf } from '../case/case-store.ts';
import type { ResetParts } from '../reset-parts.ts';
import { composeNotice } from '../run/deeds/compose-notice.ts';
import { toOutcome } from '../run/deeds/tell-person.ts';

/**
 * What the person has to be told when a case ends before its end: whatever it did, or may have done.
 *
 * @returns undefined when there is nothing to tell, they were told already, or nobody can be.
 * @throws Problem when ZITADEL cannot be asked at the moment.
 */
export async function findUntold(parts: ResetParts, actor: Actor, found: Case): Promise<UserNotice | undefined> {
  const { row, steps } = found;
  const telling = steps.find(({ deed }) => deed.step === 'tellUser');
  if (telling?.state === 'skipped' || !steps.some(mayHaveActed)) return undefined;
  if (await readNotice(parts.notices, row.reset_id)) return undefined;
  try {
    const keptLocked = choiceOf(row).keepLocked || isLeftLocked(steps);
    const notice = await composeNotice(parts, actor, { row, steps: endTelling(steps), keptLocked });
    return notice.address === null ? undefined : notice;
  } catch (error) {
    const problem = toProblem(error);
    // Somebody deleted has no address any more, and a case about them has to end all the same.
    if (problem.code === 'not_found' || problem.code === 'not_permitted') return undefined;
    throw problem;
  }
}

/** Writes the mail down together with what ends the case: it goes out even if the process dies right after. */
export async function writeUntold(
  { notices, clock }: ResetParts,
  transaction: Transaction<Tables>,
  { reset_id }: ResetRow,
  notice: UserNotice,
): Promise<void> {
  await writeUserNotice({ ...notices, store: transaction }, notice);
  await transaction
    .updateTable('reset_steps')
    .set({ state: 'waiting', answered_at: clock(), problem: null })
    .where('reset_id', '=', reset_id)
    .where('deed', '=', JSON.stringify({ step: 'tellUser' }))
    .execute();
}

/** Tries the mail once, with its record in the audit. @param end what makes the mail a row. */
export async function tellCancelled(
  parts: ResetParts,
  actor: Actor,
  row: ResetRow,
  notice: UserNotice | undefined,
  end: () => Promise<void>,
): Promise<void> {
  if (!notice) return await end();
  const act = { act: 'tellUser', userId: row.user_id, resetId: row.reset_id } as const;
  const announced = await parts.audit.announce(actor, { act, organisationId: row.organisation_id }, whyOf(row));
  try {
    await end();
  } catch (error) {
    await announced.end('notDone');
    throw error;
  }
  await announced.end(toOutcome((await tellUser(parts.notices, notice)).state));
}

function mayHaveActed({ state, deed, count }: ResetStep): boolean {
  if (deed.step === 'tellUser') return false;
  if (deed.step === 'endLaterSessions' && state === 'done') return count !== 0;
  return state === 'done' || state === 'unknown' || state === 'tried';
}

/** Nothing comes after a telling that is the case's end. */
const endTelling = (steps: readonly ResetStep[]): ResetStep[] =>
  steps.map((step) => (step.state === 'planned' ? { ...step, state: 'skipped' } : step));
