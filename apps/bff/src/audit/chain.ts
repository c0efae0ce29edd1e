import { createHash } from 'node:crypto';
import type { AuditRow } from '../store/tables.ts';

/** What stands before the first row. */
export const genesis = { seq: 0, hash: 'genesis' } as const;

/** A row before it is chained. */
export type UnchainedRow = Omit<AuditRow, 'seq' | 'previous_hash' | 'hash'>;

/** The columns a hash covers, in this order for ever. A column that is added later goes to the end. */
const columns = [
  'seq',
  'at',
  'phase',
  'act_id',
  'act',
  'actor_id',
  'user_id',
  'organisation_id',
  'detail',
  'reason',
  'ticket',
  'outcome',
  'code',
  'request_id',
  'address',
  'auth_time',
  'amr',
  'previous_hash',
] as const satisfies readonly (keyof AuditRow)[];

/** SHA-256 over the row's columns and the hash of the row before, base64url. */
export function hashRow(row: Omit<AuditRow, 'hash'>): string {
  return createHash('sha256')
    .update(JSON.stringify(columns.map((column) => row[column])))
    .digest('base64url');
}

/** Puts a row behind another. */
export function chainRow(row: UnchainedRow, last: Pick<AuditRow, 'seq' | 'hash'>): AuditRow {
  const chained = { ...row, seq: last.seq + 1, previous_hash: last.hash };
  return { ...chained, hash: hashRow(chained) };
}

/** Where a chain is broken, and how. */
export interface Break {
  readonly seq: number;
  readonly fault: 'gap' | 'unlinked' | 'changed';
}

/**
 * Whether a row follows another: no number missing, linked to it, and unchanged.
 *
 * @returns undefined when it does.
 */
export function findBreak(row: AuditRow, last: Pick<AuditRow, 'seq' | 'hash'>): Break | undefined {
  if (row.seq !== last.seq + 1) return { seq: last.seq + 1, fault: 'gap' };
  if (row.previous_hash !== last.hash) return { seq: row.seq, fault: 'unlinked' };
  return row.hash === hashRow(row) ? undefined : { seq: row.seq, fault: 'changed' };
}
