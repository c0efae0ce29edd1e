import { join } from 'node:path';
import { pruneAudit } from './audit/prune-audit.ts';
import { auditKeyFile } from './audit/verify-audit.ts';
import { describeError } from './http/describe-error.ts';
import { deliverDueNotices } from './notices/deliver-notice.ts';
import { retryDisputes } from './notices/not-me/not-me.ts';
import type { NoticeParts } from './notices/notice-parts.ts';
import { sweepNotices } from './notices/sweep-notices.ts';
import { endCallerCodes } from './service-account/end-caller-codes.ts';
import type { SessionParts } from './session/session-parts.ts';
import { retrySignOuts } from './session/sign-out/sign-out.ts';
import { openServerKeys } from './session/vault/server-keys.ts';
import { sweepStore } from './store/sweep.ts';
import { tellReceiver, type WebhookParts } from './webhook/tell-receiver.ts';
import { readPosition } from './webhook/webhook-position.ts';

/** Work that no request waits for. */
export interface Background {
  /** Lets what is running end and starts nothing more. */
  stop(): Promise<void>;
}

export interface BackgroundParts extends SessionParts {
  readonly notices: NoticeParts;
  /** Absent when nobody is told of the audit. */
  readonly webhook: WebhookParts | undefined;
}

/** Repeats each task with a pause after it has ended; a failure is logged and the next turn tries again. */
export function startBackground(parts: BackgroundParts): Background {
  const { config, store, clock, notices, webhook } = parts;
  const auditKeys = openServerKeys(join(config.data, 'bff'), auditKeyFile);
  const stoppers = [
    repeat(parts, 'sign-outs', 5_000, () => retrySignOuts(parts)),
    repeat(parts, 'sweep', 60_000, () => sweepStore(parts.store, parts.clock())),
    repeat(parts, 'mails', 5_000, () => deliverDueNotices(notices)),
    repeat(parts, 'disputes', 5_000, () => retryDisputes(notices)),
    repeat(parts, 'sweep of mails', 3_600_000, () => sweepNotices(notices)),
    repeat(parts, 'caller codes', 15_000, () => endCallerCodes(parts, notices.serviceAccount)),
    ...(webhook ? [repeat(parts, 'webhook', 1_000, () => tellReceiver(webhook))] : []),
    repeat(parts, 'audit prune', 3_600_000, async () => {
      const toldUpTo = webhook && (await readPosition(store)).seq;
      await pruneAudit(store, auditKeys, clock(), config.auditDays, toldUpTo);
    }),
  ];
  return {
    async stop() {
      await Promise.all(stoppers.map((stop) => stop()));
    },
  };
}

function repeat({ log }: SessionParts, task: string, pause: number, work: () => Promise<unknown>): () => Promise<void> {
  let running = Promise.resolve();
  const turn = async () => {
    try {
      await work();
    } catch (error) {
      log.error({ task, error: describeError(error) }, 'background work failed');
    }
    timer.refresh();
  };
  const timer = setTimeout(() => {
    running = turn();
  }, pause).unref();
  return async () => {
    await running;
    clearTimeout(timer);
  };
}
