import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { createAuditLog } from '../audit/audit-log.ts';
import { createMailSender } from '../notices/mail/mail-sender.ts';
import { noticeKeyFile } from '../notices/notice-code.ts';
import type { NoticeParts } from '../notices/notice-parts.ts';
import type { UserNotice } from '../notices/tell-user.ts';
import { openServerKeys } from '../session/vault/server-keys.ts';
import type { Store } from '../store/open-store.ts';

/** What mails are made with, in a test: nothing is set up that it does not say. */
export function createTestNotices(
  { data, store }: { readonly data: string; readonly store: Store },
  given: Partial<NoticeParts> & { readonly smtpUrl?: string } = {},
): NoticeParts {
  const { smtpUrl, ...parts } = given;
  const clock = parts.clock ?? Date.now;
  const log = parts.log ?? pino({ level: 'silent' });
  return {
    store,
    clock,
    log,
    audit: createAuditLog(store, clock, log),
    keys: openServerKeys(`${data}/bff`, noticeKeyFile),
    publicUrl: 'https://latchkey.example.com',
    sender: createMailSender(smtpUrl, 'Latchkey <latchkey@example.com>'),
    serviceAccount: null,
    ...parts,
  };
}

/** What Ada is told, with whatever is different. */
export function noticeFor(different: Partial<UserNotice> = {}): UserNotice {
  return {
    resetId: randomUUID(),
    userId: '42',
    name: 'Ada Keller',
    address: 'ada@example.org',
    language: 'en',
    removed: [{ factor: { kind: 'totp' } }, { factor: { kind: 'u2f', id: '7' }, name: 'Blue' }],
    sessionsEnded: 2,
    keptLocked: false,
    reenrolment: 'passwordReset',
    agent: { userId: '43', name: 'Grace Hopper', email: 'grace@example.org' },
    at: Date.UTC(2026, 10, 22, 12, 5),
    ...different,
  };
}
