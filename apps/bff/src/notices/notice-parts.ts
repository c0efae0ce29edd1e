import { join } from 'node:path';
import type { Logger } from 'pino';
import { type AuditLog, createAuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { ServiceAccount } from '../service-account/service-account.ts';
import { openServerKeys, type ServerKeys } from '../session/vault/server-keys.ts';
import type { Store } from '../store/open-store.ts';
import { createMailSender, type MailSender } from './mail/mail-sender.ts';
import { noticeKeyFile } from './notice-code.ts';

/** What mails are made of and go out by. */
export interface NoticeParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly audit: AuditLog;
  readonly keys: ServerKeys;
  readonly publicUrl: string;
  /** null when no mail server is set up. */
  readonly sender: MailSender | null;
  readonly serviceAccount: ServiceAccount | null;
}

/** @throws Error naming the key file when it is none. */
export function createNoticeParts(
  {
    config,
    store,
    clock,
    log,
  }: { readonly config: Config; readonly store: Store; readonly clock: Clock; readonly log: Logger },
  serviceAccount: ServiceAccount | null,
): NoticeParts {
  return {
    store,
    clock,
    log,
    audit: createAuditLog(store, clock, log),
    keys: openServerKeys(join(config.data, 'bff'), noticeKeyFile),
    publicUrl: config.publicUrl,
    sender: createMailSender(config.smtpUrl, config.mailFrom),
    serviceAccount,
  };
}
