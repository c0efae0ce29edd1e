import type { NoticeRow } from '../store/notice-tables.ts';
import { composeMail } from './mail/compose-mail.ts';
import { describeMailFault } from './mail/describe-mail-fault.ts';
import { codeLifetimeMs, noticeCodeOf } from './notice-code.ts';
import type { NoticeParts } from './notice-parts.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Nobody else takes a mail while a try may be under way: longer than a try can last. */
const leaseMs = 3 * minute;
/** After each failure; the last one repeats. */
const pauses = [minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour, 12 * hour];
const giveUpMs = 72 * hour;

/**
 * Tries to send one mail, if it waits and nobody else is at it. Does not throw for the mail server's faults: then it is
 * tried again later, for three days.
 *
 * @throws Error when the database does.
 */
export async function deliverNotice(parts: NoticeParts, noticeId: string): Promise<void> {
  const row = await parts.store
    .selectFrom('notices')
    .selectAll()
    .where('notice_id', '=', noticeId)
    .where('state', '=', 'waiting')
    .where('next_attempt_at', '<=', parts.clock())
    .executeTakeFirst();
  if (row) await deliverRow(parts, row);
}

/** Tries all mails that are due. */
export async function deliverDueNotices(parts: NoticeParts): Promise<void> {
  const due = await parts.store
    .selectFrom('notices')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('next_attempt_at', '<=', parts.clock())
    .orderBy('next_attempt_at')
    .limit(20)
    .execute();
  await Promise.all(due.map((row) => deliverRow(parts, row)));
}

async function deliverRow(parts: NoticeParts, row: NoticeRow): Promise<void> {
  const code = parts.serviceAccount && row.kind === 'user' ? noticeCodeOf(parts.keys, row.notice_id) : undefined;
  if (!(await claim(parts, row, code?.codeHash))) return;
  try {
    if (!parts.sender) throw new Error('no mail server is set up any more');
    await parts.sender.send(composeMail(parts.publicUrl, row, code?.code));
  } catch (error) {
    await postpone(parts, row, error);
    return;
  }
  await parts.store
    .updateTable('notices')
    .set({ state: 'sent', sent_at: parts.clock(), next_attempt_at: null })
    .where('notice_id', '=', row.notice_id)
    .execute();
}

/** One process gets it, by moving its next try. The code's hash is there before its mail can be. */
async function claim({ store, clock }: NoticeParts, row: NoticeRow, codeHash: string | undefined): Promise<boolean> {
  const now = clock();
  const { numUpdatedRows } = await store
    .updateTable('notices')
    .set({
      attempts: row.attempts + 1,
      next_attempt_at: now + leaseMs,
      code_hash: codeHash ?? null,
      code_expires_at: codeHash === undefined ? null : now + codeLifetimeMs,
    })
    .where('notice_id', '=', row.notice_id)
    .where('state', '=', 'waiting')
    .where('attempts', '=', row.attempts)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function postpone({ store, clock, log }: NoticeParts, row: NoticeRow, error: unknown): Promise<void> {
  const now = clock();
  const over = now - row.created_at >= giveUpMs;
  const pause = pauses[Math.min(row.attempts, pauses.length - 1)] ?? hour;
  log[over ? 'error' : 'warn'](
    { noticeId: row.notice_id, kind: row.kind, attempts: row.attempts + 1, fault: describeMailFault(error) },
    over ? 'a mail was given up' : 'a mail could not be sent',
  );
  await store
    .updateTable('notices')
    .set(over ? { state: 'failed', next_attempt_at: null } : { next_attempt_at: now + pause })
    .where('notice_id', '=', row.notice_id)
    .execute();
}
