import { hash } from '../session/vault/secrets.ts';
import type { NoticeRow } from '../store/notice-tables.ts';
import type { NoticeParts } from './notice-parts.ts';

/** A mail before it is a row. */
export interface NewNotice {
  readonly resetId: string;
  readonly userId: string;
  readonly kind: NoticeRow['kind'];
  readonly address: string | null;
  readonly language: string;
  readonly facts: object;
  /** Tells mails of one case to one address apart; the same purpose is told once. */
  readonly purpose: string;
}

/** One address, as RFC 5321 has them at most, and nothing that could end a header. */
const addressPattern = /^[^\s\p{C}<>",;:()[\]\\]{1,64}@[^\s\p{C}<>",;:()[\]\\@]{1,255}$/u;

/**
 * Writes a mail down before anything is tried. One that is there already stays as it is.
 *
 * @returns its id.
 */
export async function putNotice({ store, clock, sender }: NoticeParts, notice: NewNotice): Promise<string> {
  const { resetId, purpose, kind } = notice;
  const address = notice.address !== null && addressPattern.test(notice.address) ? notice.address : '';
  const id = hash(JSON.stringify([resetId, kind, purpose, kind === 'user' ? '' : address]));
  const now = clock();
  const state = address === '' ? 'noAddress' : sender === null ? 'noMail' : 'waiting';
  await store
    .insertInto('notices')
    .values({
      notice_id: id,
      reset_id: resetId,
      user_id: notice.userId,
      kind,
      address,
      language: notice.language,
      facts: JSON.stringify(notice.facts),
      code_hash: null,
      code_expires_at: null,
      disputed_at: null,
      dispute_state: null,
      dispute_attempts: 0,
      dispute_next_at: null,
      dispute_address: null,
      dispute_request_id: null,
      dispute_lifted_at: null,
      state,
      attempts: 0,
      next_attempt_at: state === 'waiting' ? now : null,
      created_at: now,
      sent_at: null,
    })
    .onConflict((conflict) => conflict.column('notice_id').doNothing())
    .execute();
  return id;
}
