import type { Act, AuditRecord } from '@latchkey/contract/activity';
import type { Store } from '../store/open-store.ts';
import type { AuditRow } from '../store/tables.ts';
import { toAuditRecord } from './audit-row.ts';

/** A stretch of time, epoch milliseconds: `from` belongs to it, `until` does not. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** More acts on one person in one page's stretch of time than this are not shown. */
const limit = 500;

/** What Latchkey did to a user, newest first. @throws Error when the database does. */
export async function readAuditOf(store: Store, userId: string, { from, until }: Stretch): Promise<AuditRecord[]> {
  const intents = await store
    .selectFrom('audit')
    .selectAll()
    .where('phase', '=', 'intent')
    .where('user_id', '=', userId)
    .where('at', '>=', from)
    .where('at', '<', until)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return await withOutcomes(store, intents);
}

/** Which acts of all are wanted; times in epoch milliseconds. */
export interface AuditSearch extends Stretch {
  readonly userId?: string | undefined;
  readonly actorId?: string | undefined;
  /** Absent for all of them. */
  readonly acts?: readonly Act['act'][] | undefined;
  readonly limit: number;
}

/** What Latchkey did, newest first. Who may see it is for the caller to decide. @throws Error when the database does. */
export async function searchAudit(store: Store, search: AuditSearch): Promise<AuditRecord[]> {
  let intents = store
    .selectFrom('audit')
    .selectAll()
    .where('phase', '=', 'intent')
    .where('at', '>=', search.from)
    .where('at', '<', search.until);
  if (search.userId !== undefined) intents = intents.where('user_id', '=', search.userId);
  if (search.actorId !== undefined) intents = intents.where('actor_id', '=', search.actorId);
  if (search.acts !== undefined) intents = intents.where('act', 'in', [...search.acts]);
  return await withOutcomes(store, await intents.orderBy('seq', 'desc').limit(search.limit).execute());
}

async function withOutcomes(store: Store, intents: readonly AuditRow[]): Promise<AuditRecord[]> {
  if (intents.length === 0) return [];
  const later = await store
    .selectFrom('audit')
    .selectAll()
    .where('phase', '<>', 'intent')
    .where(
      'act_id',
      'in',
      intents.map((intent) => intent.act_id),
    )
    .orderBy('seq')
    .execute();
  const last = new Map(later.map((row) => [row.act_id, row]));
  return intents.map((intent) => toAuditRecord(intent, last.get(intent.act_id) ?? intent));
}
