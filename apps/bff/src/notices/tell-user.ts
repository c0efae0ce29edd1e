import type { ResetNotice } from '@latchkey/contract/reset';
import type { NoticeRow } from '../store/notice-tables.ts';
import type { Store } from '../store/open-store.ts';
import { deliverNotice } from './deliver-notice.ts';
import type { UserFacts } from './notice-facts.ts';
import type { NoticeParts } from './notice-parts.ts';
import { putNotice } from './put-notice.ts';

/** What a person is told of a reset of theirs. `at` is epoch milliseconds. */
export interface UserNotice extends UserFacts {
  readonly resetId: string;
  readonly userId: string;
  /** Their verified address; null when ZITADEL knows none. */
  readonly address: string | null;
  /** As ZITADEL has it; a language we have no words in becomes English. */
  readonly language: string;
}

/** How long the case waits for the first try; it goes on behind its back. */
const patienceMs = 5_000;

/**
 * Tells a person what was done to their account. Once for each case: asked again it says how the first mail is doing.
 *
 * @throws Error when the database does; a mail server's fault is a state of the answer.
 */
export async function tellUser(parts: NoticeParts, notice: UserNotice): Promise<ResetNotice> {
  const id = await writeUserNotice(parts, notice);
  await within(patienceMs, deliverNotice(parts, id));
  const told = await readNotice(parts, notice.resetId);
  if (!told) throw new Error('a notice that was written is not there');
  return told;
}

/**
 * Writes down what a person is to be told, and nothing more: it goes out by itself.
 *
 * @returns the mail's id.
 */
export async function writeUserNotice(parts: NoticeParts, notice: UserNotice): Promise<string> {
  const { resetId, userId, address, language, ...facts } = notice;
  return await putNotice(parts, { resetId, userId, kind: 'user', address, language, facts, purpose: 'told' });
}

/** What a person was told of a case; null when it has not come to that. */
export async function readNotice(
  { store, serviceAccount }: Pick<NoticeParts, 'store' | 'serviceAccount'>,
  resetId: string,
): Promise<ResetNotice | null> {
  const row = await store
    .selectFrom('notices')
    .selectAll()
    .where('reset_id', '=', resetId)
    .where('kind', '=', 'user')
    .executeTakeFirst();
  return row ? toResetNotice(row, serviceAccount !== null) : null;
}

/** Of these cases those of which somebody said "this was not me": when, and whether the account was locked by it. */
export async function readDispute(
  { store }: { readonly store: Store },
  resetIds: readonly string[],
): Promise<Map<string, { at: string; locked: boolean }>> {
  if (resetIds.length === 0) return new Map();
  const rows = await store
    .selectFrom('notices')
    .select(['reset_id', 'disputed_at', 'dispute_state'])
    .where('reset_id', 'in', [...resetIds])
    .where('disputed_at', 'is not', null)
    .execute();
  return new Map(
    rows.map((row) => [
      row.reset_id,
      { at: new Date(row.disputed_at ?? 0).toISOString(), locked: row.dispute_state === 'locked' },
    ]),
  );
}

function toResetNotice(row: NoticeRow, notMeSoon: boolean): ResetNotice {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    state: row.state,
    address: row.address || null,
    attempts: row.attempts,
    sentAt: time(row.sent_at),
    nextAttemptAt: time(row.next_attempt_at),
    notMe: row.code_expires_at !== null || (row.state === 'waiting' && row.attempts === 0 && notMeSoon),
  };
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patienceEnds = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, patienceEnds]);
  clearTimeout(timer);
}
