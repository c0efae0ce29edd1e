import type { NotMeAnswer } from '@latchkey/contract/not-me';
import { Problem } from '../../http/problem.ts';
import type { RequestOrigin } from '../../service-account/service-account.ts';
import { hash } from '../../session/vault/secrets.ts';
import type { NoticeRow } from '../../store/notice-tables.ts';
import type { NoticeParts } from '../notice-parts.ts';
import { followDispute } from './follow-dispute.ts';

/** Nobody else follows a dispute while the process that took it may be at it. */
export const disputeLeaseMs = 60_000;

/** How long the person waits for "locked"; what is not done by then goes on behind their back. */
const patienceMs = 12_000;

/**
 * "This was not me": locks the account of whom a reset was about, by the code of the mail they got, once. It ends
 * nothing else. That the code was used is written down before anything is tried, so no two presses both count, and a
 * process that dies in between leaves it to the next.
 *
 * @throws Problem `not_found` for a code that is unknown, used or expired: in the same words and by the same one query.
 */
export async function disputeReset(parts: NoticeParts, code: string, origin: RequestOrigin): Promise<NotMeAnswer> {
  const { serviceAccount } = parts;
  // Without it nothing could follow, so nothing is used up either.
  if (!serviceAccount) throw new Problem('not_found');
  const row = await spendCode(parts, code, origin);
  if (!row) throw new Problem('not_found');
  parts.log.warn({ requestId: origin.requestId, resetId: row.reset_id }, 'a reset is disputed');
  const locked = await within(patienceMs, followDispute(parts, serviceAccount, row));
  return { outcome: locked ? 'locked' : 'told' };
}

/** Follows disputes whose process died, or whose lock failed. */
export async function retryDisputes(parts: NoticeParts): Promise<void> {
  const { store, clock, serviceAccount } = parts;
  if (!serviceAccount) return;
  const due = await store
    .selectFrom('notices')
    .selectAll()
    .where('dispute_next_at', '<=', clock())
    .orderBy('dispute_next_at')
    .limit(10)
    .execute();
  for (const row of due) {
    if (await claim(parts, row)) await followDispute(parts, serviceAccount, row);
  }
}

async function spendCode(
  { store, clock }: NoticeParts,
  code: string,
  { requestId, address }: RequestOrigin,
): Promise<NoticeRow | undefined> {
  const now = clock();
  return await store
    .updateTable('notices')
    .set({
      disputed_at: now,
      dispute_state: 'pressed',
      dispute_attempts: 1,
      dispute_next_at: now + disputeLeaseMs,
      dispute_address: address,
      dispute_request_id: requestId,
    })
    .where('code_hash', '=', hash(code))
    .where('code_expires_at', '>', now)
    .where('disputed_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

async function claim({ store, clock }: NoticeParts, row: NoticeRow): Promise<boolean> {
  const { numUpdatedRows } = await store
    .updateTable('notices')
    .set({ dispute_attempts: row.dispute_attempts + 1, dispute_next_at: clock() + disputeLeaseMs })
    .where('notice_id', '=', row.notice_id)
    .where('dispute_attempts', '=', row.dispute_attempts)
    .where('dispute_next_at', 'is not', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** @returns false when it takes longer. */
async function within(milliseconds: number, work: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patienceEnds = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, milliseconds, false);
  });
  try {
    return await Promise.race([work, patienceEnds]);
  } finally {
    clearTimeout(timer);
  }
}
