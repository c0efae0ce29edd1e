import type { Store } from '../store/open-store.ts';
import { type Break, findBreak, genesis } from './chain.ts';

export type Verification =
  | { readonly whole: true; readonly rows: number; readonly head: string }
  | { readonly whole: false; readonly break: Break };

const batch = 1_000;

/**
 * Walks the whole chain. That its end was cut off it cannot see by itself: compare `head` with one that was noted
 * elsewhere.
 *
 * @throws Error when the database does.
 */
export async function verifyAudit(store: Store): Promise<Verification> {
  let last: { readonly seq: number; readonly hash: string } = genesis;
  let rows = 0;
  for (;;) {
    const next = await store
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', last.seq)
      .orderBy('seq')
      .limit(batch)
      .execute();
    if (next.length === 0) return { whole: true, rows, head: last.hash };
    for (const row of next) {
      const found = findBreak(row, last);
      if (found) return { whole: false, break: found };
      last = row;
      rows += 1;
    }
  }
}
