import type { AuditRecord } from '@latchkey/contract/activity';
import type { Store } from '../store/open-store.ts';
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
