import { type CurrentApproval, findApproval } from '../../approvals/approval-store.ts';
import type { ResetRow } from '../../store/reset-tables.ts';
import { isRefused } from '../case/case-state.ts';
import type { HoldParts } from '../case/hold-case.ts';

/** The newest request to a second person about a case, if it needs one. */
export async function findCaseApproval(parts: HoldParts, row: ResetRow): Promise<CurrentApproval | undefined> {
  return row.approval_because === null ? undefined : await findApproval(parts, 'reset', row.reset_id);
}

/**
 * Ends a case whose second person said no before it began, so that it stands in nobody's way. The decision is made in
 * another room, which knows nothing of cases: it is looked for wherever a case is read.
 *
 * @returns whether it was refused.
 */
export async function closeIfRefused(
  parts: HoldParts,
  row: ResetRow,
  approval?: CurrentApproval | undefined,
): Promise<boolean> {
  if (row.state === 'refused') return true;
  const newest = approval ?? (await findCaseApproval(parts, row));
  if (!isRefused(row, newest)) return false;
  await parts.store
    .updateTable('resets')
    .set({ state: 'refused', open_user_id: null, finished_at: newest?.decided_at ?? parts.clock() })
    .where('reset_id', '=', row.reset_id)
    .where('state', '=', 'planned')
    .execute();
  return true;
}
