import { randomUUID } from 'node:crypto';
import type { ResetStep } from '@latchkey/contract/reset';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/open-store.ts';
import type { ResetRow, ResetStepRow } from '../../store/reset-tables.ts';

/** Longer than one step without an answer: who says nothing for so long is dead. Milliseconds. */
export const leaseLength = 15_000;

export interface HoldParts {
  readonly store: Store;
  readonly clock: Clock;
}

/** A case that this process runs, and under which name. */
export interface Hold {
  readonly resetId: string;
  readonly runner: string;
}

/** What is written down of a step. */
export type StepAnswer = Pick<ResetStep, 'state'> &
  Partial<Pick<ResetStep, 'problem' | 'permission' | 'role' | 'count' | 'skipped'>>;

/**
 * Takes the case for this process, if it is this agent's, can be run, and nobody runs it: of several that try at once, in
 * whatever process, one gets it.
 */
export async function claimCase(
  { store, clock }: HoldParts,
  { reset_id, agent_id }: ResetRow,
): Promise<Hold | undefined> {
  const runner = randomUUID();
  const now = clock();
  const { numUpdatedRows } = await store
    .updateTable('resets')
    .set({ state: 'running', runner, runner_until: now + leaseLength, changed_at: now })
    .where('reset_id', '=', reset_id)
    .where('agent_id', '=', agent_id)
    .where('state', 'in', ['planned', 'running', 'stopped'])
    .where((where) => where.or([where('runner', 'is', null), where('runner_until', '<=', now)]))
    .executeTakeFirst();
  return numUpdatedRows === 1n ? { resetId: reset_id, runner } : undefined;
}

/** Says that the process is alive. @returns false when somebody else has the case, who thought it was not. */
export async function renewHold({ store, clock }: HoldParts, { resetId, runner }: Hold): Promise<boolean> {
  const { numUpdatedRows } = await store
    .updateTable('resets')
    .set({ runner_until: clock() + leaseLength })
    .where('reset_id', '=', resetId)
    .where('runner', '=', runner)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Lets go of the case; with `planned` nothing of it was tried. With `running` it shows as interrupted, and the next process need not wait for the lease to end. */
export async function endHold(
  { store, clock }: HoldParts,
  { resetId, runner }: Hold,
  state: 'planned' | 'running' | 'stopped' | 'done',
): Promise<boolean> {
  const now = clock();
  const over = state === 'done' ? { open_user_id: null, finished_at: now } : {};
  const { numUpdatedRows } = await store
    .updateTable('resets')
    .set({ state, runner: null, runner_until: null, changed_at: now, ...over })
    .where('reset_id', '=', resetId)
    .where('runner', '=', runner)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Writes down that a step is being tried. @returns false when the case is not held any more: then it must not be. */
export async function storeTried(parts: HoldParts, hold: Hold, number: number, actId: string | null): Promise<boolean> {
  const unset = { answered_at: null, skipped: null, problem: null, permission: null, role: null };
  return await storeStep(parts, hold, number, {
    ...unset,
    state: 'tried',
    tried_at: parts.clock(),
    act_id: actId,
  });
}

/** Writes down what became of a step. @returns false when the case is not held any more. */
export async function storeAnswer(
  parts: HoldParts,
  hold: Hold,
  number: number,
  { state, problem = null, permission = null, role = null, count, skipped = null }: StepAnswer,
): Promise<boolean> {
  return await storeStep(parts, hold, number, {
    state,
    answered_at: parts.clock(),
    problem,
    permission,
    role,
    skipped: skipped && JSON.stringify(skipped),
    ...(count !== undefined && { count }),
  });
}

async function storeStep(
  { store, clock }: HoldParts,
  { resetId, runner }: Hold,
  number: number,
  values: Partial<ResetStepRow>,
): Promise<boolean> {
  return await store.transaction().execute(async (transaction) => {
    const now = clock();
    const held = await transaction
      .updateTable('resets')
      .set({ runner_until: now + leaseLength, changed_at: now })
      .where('reset_id', '=', resetId)
      .where('runner', '=', runner)
      .executeTakeFirst();
    if (held.numUpdatedRows !== 1n) return false;
    await transaction
      .updateTable('reset_steps')
      .set(values)
      .where('reset_id', '=', resetId)
      .where('number', '=', number)
      .execute();
    return true;
  });
}
