import { createHmac } from 'node:crypto';
import { hash } from '../session/vault/secrets.ts';
import type { ServerKeys } from '../session/vault/server-keys.ts';

/** The file in the BFF's folder under whose key the codes of "this was not me" are made. */
export const noticeKeyFile = 'notice-keys.json';

export const codeLifetimeMs = 7 * 24 * 3_600_000;

/** A code and what the table keeps of it. */
export interface NoticeCode {
  readonly code: string;
  readonly codeHash: string;
}

/**
 * The code in the mail's link: 43 characters, base64url. It follows from the notice and a key outside the database, so
 * that a mail that is sent again has the same one and no table ever holds it.
 */
export function noticeCodeOf(keys: ServerKeys, noticeId: string): NoticeCode {
  const code = createHmac('sha256', keys.key(keys.current)).update(`not-me ${noticeId}`).digest('base64url');
  return { code, codeHash: hash(code) };
}
