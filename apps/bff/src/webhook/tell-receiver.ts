import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Store } from '../store/open-store.ts';
import { postMessage } from './post-message.ts';
import { readWebhookSecret } from './read-webhook-secret.ts';
import { signRecord } from './webhook-message.ts';
import { advancePosition, postponePosition, releasePosition, takePosition } from './webhook-position.ts';

/** A turn ends after this long, so that a stop need not wait for a long backlog. */
const turnMs = 5_000;

const firstPauseMs = 1_000;
const longestPauseMs = 300_000;

export interface WebhookParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly url: string;
  readonly secret: Buffer;
  /** Names this process. */
  readonly holder: string;
}

/**
 * @returns undefined when no receiver is set up.
 * @throws Error naming the secret's file when it is none.
 */
export function createWebhookParts({
  config,
  store,
  clock,
  log,
}: {
  readonly config: Pick<Config, 'webhook'>;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
}): WebhookParts | undefined {
  if (!config.webhook) return undefined;
  const { url, secretFile } = config.webhook;
  return { store, clock, log, url, secret: readWebhookSecret(secretFile), holder: randomUUID() };
}

/**
 * Tells the receiver what it has not been told, row by row in the order of the audit, and waits for each to be taken. What
 * is not taken is tried again, for ever, and nothing goes before it.
 *
 * @returns how many rows were taken.
 * @throws Error when the database does.
 */
export async function tellReceiver(parts: WebhookParts): Promise<number> {
  const { store, clock, log, url, secret, holder } = parts;
  const position = await takePosition(store, holder, clock());
  if (!position) return 0;
  const until = clock() + turnMs;
  let told = 0;
  for (let { seq } = position; clock() < until; told += 1) {
    // The smallest number after the last: rows may be missing where older ones were pruned before a receiver was set up.
    const row = await store
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst();
    if (!row) break;
    try {
      await postMessage(url, signRecord(row, secret, clock()));
    } catch (error) {
      const attempts = told === 0 ? position.attempts + 1 : 1;
      const pause = Math.min(firstPauseMs * 2 ** (attempts - 1), longestPauseMs);
      log.warn({ seq: row.seq, attempts, reason: reasonOf(error) }, 'the webhook did not take an audit record');
      await postponePosition(store, holder, attempts, clock() + pause);
      return told;
    }
    seq = row.seq;
    if (!(await advancePosition(store, holder, seq, clock()))) return told + 1;
  }
  await releasePosition(store, holder);
  return told;
}

/** Names and statuses only: addresses may hold secrets. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  return code ?? (error.name === 'Error' ? error.message : error.name);
}
