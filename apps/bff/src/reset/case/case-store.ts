import { randomUUID } from 'node:crypto';
import { type CallerCheck, ResetChoice, ResetDeed, ResetStep } from '@latchkey/contract/reset';
import type { Transaction } from 'kysely';
import * as z from 'zod/mini';
import { isTaken } from '../../audit/append-row.ts';
import { Problem } from '../../http/problem.ts';
import type { Store } from '../../store/open-store.ts';
import type { ResetRow, ResetStepRow } from '../../store/reset-tables.ts';
import type { Tables } from '../../store/tables.ts';
import type { PlannedStep } from '../plan/plan-steps.ts';

/** A case and its steps, in order. */
export interface Case {
  readonly row: ResetRow;
  readonly steps: readonly ResetStep[];
}

/** How the caller was verified, as it is kept: with where a code went, masked. */
const Caller = z.object({
  how: z.enum(['callBack', 'videoWithBadge', 'managerConfirms', 'code']),
  to: z.nullable(z.string()),
});
export interface KeptCaller {
  readonly how: CallerCheck['how'];
  readonly to: string | null;
}

export const newResetId = (): string => randomUUID();

/**
 * Stores a case before anything of it is tried.
 *
 * @param spend what is used up by it, in the same transaction: when it throws, nothing is stored.
 * @returns false when the person has an open one: of two that are made at once, in whatever process, one is stored.
 */
export async function insertCase(
  store: Store,
  row: ResetRow,
  steps: readonly PlannedStep[],
  spend: (transaction: Transaction<Tables>) => Promise<void> = async () => {},
): Promise<boolean> {
  const stepRows = steps.map((step, index) => toStepRow(row.reset_id, index + 1, step));
  try {
    await store.transaction().execute(async (transaction) => {
      await transaction.insertInto('resets').values(row).execute();
      await transaction.insertInto('reset_steps').values(stepRows).execute();
      await spend(transaction);
    });
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}

export async function findCase(store: Store, resetId: string): Promise<Case | undefined> {
  const row = await store.selectFrom('resets').selectAll().where('reset_id', '=', resetId).executeTakeFirst();
  return row && { row, steps: await readSteps(store, resetId) };
}

/** A case by the two ids of its address. @throws Problem `not_found`, also when it is about somebody else. */
export async function findCaseOf(store: Store, userId: string, resetId: string): Promise<Case> {
  const found = await findCase(store, resetId);
  if (found?.row.user_id !== userId) throw new Problem('not_found');
  return found;
}

/** The case of somebody that is not over. */
export function findOpenCase(store: Store, userId: string): Promise<ResetRow | undefined> {
  return store.selectFrom('resets').selectAll().where('open_user_id', '=', userId).executeTakeFirst();
}

export async function readSteps(store: Store, resetId: string): Promise<ResetStep[]> {
  const rows = await store
    .selectFrom('reset_steps')
    .selectAll()
    .where('reset_id', '=', resetId)
    .orderBy('number')
    .execute();
  return rows.map(toStep);
}

export function choiceOf(row: ResetRow): ResetChoice {
  return z.parse(ResetChoice, JSON.parse(row.choice));
}

export function callerOf(row: ResetRow): KeptCaller {
  return z.parse(Caller, JSON.parse(row.caller));
}

export const whyOf = ({ reason, ticket }: ResetRow) => ({ reason, ...(ticket !== null && { ticket }) });

function toStepRow(resetId: string, number: number, { deed, skipped, permission, role }: PlannedStep): ResetStepRow {
  return {
    reset_id: resetId,
    number,
    deed: JSON.stringify(deed),
    state: skipped === null ? 'planned' : 'skipped',
    tried_at: null,
    answered_at: null,
    skipped: skipped && JSON.stringify(skipped),
    problem: null,
    permission,
    role,
    act_id: null,
    count: null,
  };
}

/** @throws ZodError when the row was not written by this or a former version. */
export function toStep(row: ResetStepRow): ResetStep {
  return z.parse(ResetStep, {
    number: row.number,
    deed: z.parse(ResetDeed, JSON.parse(row.deed)),
    state: row.state,
    triedAt: toTime(row.tried_at),
    answeredAt: toTime(row.answered_at),
    skipped: row.skipped === null ? null : JSON.parse(row.skipped),
    problem: row.problem,
    permission: row.permission,
    role: row.role,
    actId: row.act_id,
    count: row.count,
  });
}

export const toTime = (moment: number | null): string | null =>
  moment === null ? null : new Date(moment).toISOString();
