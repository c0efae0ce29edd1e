import { join } from 'node:path';
import { pruneAudit } from './audit/prune-audit.ts';
import { auditKeyFile } from './audit/verify-audit.ts';
import { describeError } from './http/describe-error.ts';
import type { SessionParts } from './session/session-parts.ts';
import { retrySignOuts } from './session/sign-out/sign-out.ts';
import { openServerKeys } from './session/vault/server-keys.ts';
import { sweepStore } from './store/sweep.ts';

/** Work that no request waits for. */
export interface Background {
  /** Lets what is running end and starts nothing more. */
  stop(): Promise<void>;
}

/** Repeats each task with a pause after it has ended; a failure is logged and the next turn tries again. */
export function startBackground(parts: SessionParts): Background {
  const { config, store, clock } = parts;
  const auditKeys = openServerKeys(join(config.data, 'bff'), auditKeyFile);
  const stoppers = [
    repeat(parts, 'sign-outs', 5_000, () => retrySignOuts(parts)),
    repeat(parts, 'sweep', 60_000, () => sweepStore(parts.store, parts.clock())),
    repeat(parts, 'audit prune', 3_600_000, () => pruneAudit(store, auditKeys, clock(), config.auditDays)),
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
