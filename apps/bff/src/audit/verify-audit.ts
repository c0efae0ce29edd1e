import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ServerKeys } from '../session/vault/server-keys.ts';
import type { Store } from '../store/open-store.ts';
import type { AuditAnchorRow } from '../store/tables.ts';
import { type Break, findBreak, genesis } from './chain.ts';

/** The file in the BFF's folder whose keys sign what a prune leaves. */
export const auditKeyFile = 'audit-keys.json';

/** `from` is the number of the first row: more than 1 after older ones were pruned. */
export type Verification =
  | { readonly whole: true; readonly rows: number; readonly from: number; readonly head: string }
  | { readonly whole: false; readonly break: Break | { readonly seq: number; readonly fault: 'anchor' } };

const batch = 1_000;

/**
 * Walks the whole chain, from its beginning or from the anchor that a prune left. That its end was cut off it cannot see
 * by itself: compare `head` with one that was noted elsewhere.
 *
 * @throws Error when the database does.
 */
export async function verifyAudit(store: Store, keys: ServerKeys): Promise<Verification> {
  const anchor = await store.selectFrom('audit_anchors').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst();
  if (anchor && !isSigned(anchor, keys)) return { whole: false, break: { seq: anchor.seq, fault: 'anchor' } };
  const start = anchor ?? genesis;
  let last: { readonly seq: number; readonly hash: string } = start;
  // From the very beginning, not from the anchor: a row before it does not belong there.
  let after = 0;
  for (;;) {
    const next = await store
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(batch)
      .execute();
    if (next.length === 0) return { whole: true, rows: last.seq - start.seq, from: start.seq + 1, head: last.hash };
    for (const row of next) {
      const found = findBreak(row, last);
      if (found) return { whole: false, break: found };
      last = row;
      after = row.seq;
    }
  }
}

/** What an anchor's signature is made of: HMAC-SHA-256, base64url. */
export function signAnchor({ seq, hash, pruned_at }: Omit<AuditAnchorRow, 'kid' | 'signature'>, key: Buffer): string {
  return createHmac('sha256', key)
    .update(JSON.stringify([seq, hash, pruned_at]))
    .digest('base64url');
}

function isSigned(anchor: AuditAnchorRow, keys: ServerKeys): boolean {
  try {
    const expected = Buffer.from(signAnchor(anchor, keys.key(anchor.kid)));
    const given = Buffer.from(anchor.signature);
    return expected.length === given.length && timingSafeEqual(expected, given);
  } catch {
    return false;
  }
}
