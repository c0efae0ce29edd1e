import type { Transaction } from 'kysely';
import type { ResetRow } from '../../store/reset-tables.ts';
import type { Tables } from '../../store/tables.ts';
import type { HoldParts } from './hold-case.ts';

/** A case as the one who changes it saw it. */
export interface IdleCase {
  readonly row: Pick<ResetRow, 'reset_id'>;
  /** Whose case it has to be. */
  readonly agentId: string;
  readonly states: readonly ResetRow['state'][];
}

/**
 * Changes a case that nobody runs: in one transaction, and only if it is still this agent's, in one of these states, and
 * no process holds it.
 *
 * @returns false when it is not so any more: nothing was changed.
 */
export async function changeIdle(
  { store, clock }: HoldParts,
  { row, agentId, states }: IdleCase,
  change: (transaction: Transaction<Tables>) => Promise<unknown>,
): Promise<boolean> {
  return await store.transaction().execute(async (transaction) => {
    const now = clock();
    const { numUpdatedRows } = await transaction
      .updateTable('resets')
      .set({ changed_at: now })
      .where('reset_id', '=', row.reset_id)
      .where('agent_id', '=', agentId)
      .where('state', 'in', [...states])
      .where((where) => where.or([where('runner', 'is', null), where('runner_until', '<=', now)]))
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return false;
    await change(transaction);
    return true;
  });
}
