import type { ServerKeys } from '../session/vault/server-keys.ts';
import type { Store } from '../store/open-store.ts';
import { signAnchor } from './verify-audit.ts';

const day = 24 * 3600 * 1000;

/**
 * Deletes what is older than `days` from the beginning of the audit, and leaves the last of it as a signed anchor, so
 * that what stays is still known to follow it. The newest row always stays: the next one follows it.
 *
 * @param now epoch milliseconds.
 * @param days how long rows are kept; 0 for ever.
 * @param toldUpTo the last row that a webhook's receiver has taken, where there is one: what it was not told stays.
 * @returns how many rows were deleted.
 */
export async function pruneAudit(
  store: Store,
  keys: ServerKeys,
  now: number,
  days: number,
  toldUpTo?: number,
): Promise<number> {
  if (days === 0) return 0;
  return await store.transaction().execute(async (transaction) => {
    const kept = await transaction
      .selectFrom('audit')
      .select(({ fn }) => fn.min('seq').as('seq'))
      .where('at', '>=', now - days * day)
      .executeTakeFirst();
    const newest = await transaction
      .selectFrom('audit')
      .select(({ fn }) => fn.max('seq').as('seq'))
      .executeTakeFirst();
    const last = await transaction
      .selectFrom('audit')
      .select(['seq', 'hash'])
      .where('seq', '<', Number(kept?.seq ?? newest?.seq ?? 0))
      .where('seq', '<=', toldUpTo ?? Number.MAX_SAFE_INTEGER)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!last) return 0;
    const anchor = { seq: last.seq, hash: last.hash, pruned_at: now };
    const signature = signAnchor(anchor, keys.key(keys.current));
    await transaction
      .insertInto('audit_anchors')
      .values({ ...anchor, kid: keys.current, signature })
      .execute();
    await transaction.deleteFrom('audit_anchors').where('seq', '<', last.seq).execute();
    const { numDeletedRows } = await transaction.deleteFrom('audit').where('seq', '<=', last.seq).executeTakeFirst();
    return Number(numDeletedRows);
  });
}
