import { createHmac, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuditRecord } from '@latchkey/contract/activity';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { pruneAudit } from '../audit/prune-audit.ts';
import { verifyAudit } from '../audit/verify-audit.ts';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../testing/webhook-receiver.ts';
import { createWebhookParts, tellReceiver, type WebhookParts } from './tell-receiver.ts';
import { leaseMs, readPosition } from './webhook-position.ts';

const secret = randomBytes(32);
let kept: TestAudit;
let receiver: WebhookReceiver;
let ahead = 0;
const logged: string[] = [];

beforeAll(async () => {
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await receiver?.stop();
});
beforeEach(async () => {
  kept = await openTestAudit();
  receiver.messages.splice(0);
  receiver.next.splice(0);
  return () => kept.close();
});

/** A process that tells. */
function startTeller(): WebhookParts {
  const secretFile = join(kept.data, 'webhook-secret');
  writeFileSync(secretFile, `whsec_${secret.toString('base64')}\n`);
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  const clock = () => Date.now() + ahead;
  const parts = createWebhookParts({
    config: { webhook: { url: receiver.url, secretFile } },
    store: kept.store,
    clock,
    log,
  });
  if (!parts) throw new Error('a receiver is set up');
  return parts;
}

/** Acts, each with an intent and an outcome. */
async function act(times: number): Promise<void> {
  const actor = { userId: 'agent', requestId: 'r', address: null, authTime: 0, amr: ['pwd'] };
  for (let index = 0; index < times; index += 1) {
    const placed = { act: { act: 'lockUser', userId: `user-${index}` }, organisationId: 'o' } as const;
    await (await kept.audit.announce(actor, placed, { reason: 'Lost phone', ticket: 'T-1' })).end('done');
  }
}
const takenNumbers = () => receiver.taken().map(({ seq }) => seq);
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** As docs/operate.md tells receivers to. */
function isSigned({ headers, body }: WebhookReceiver['messages'][number]): boolean {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const expected = createHmac('sha256', secret).update(signed).digest('base64');
  return headers['webhook-signature'] === `v1,${expected}`;
}

describe('the receiver', () => {
  it('is told every row of the audit, in order, signed', async () => {
    await act(3);
    expect(await tellReceiver(startTeller())).toBe(6);
    const rows = await kept.rows();
    expect(takenNumbers()).toEqual(numbers(1, 6));
    for (const [index, message] of receiver.messages.entries()) {
      const row = rows[index];
      const record = JSON.parse(message.body);
      expect(isSigned(message)).toBe(true);
      expect(isSigned({ ...message, body: message.body.replace('Lost', 'Found') })).toBe(false);
      expect(z.parse(AuditRecord, record)).toMatchObject({ actorId: 'agent', reason: 'Lost phone', ticket: 'T-1' });
      expect(record).toMatchObject({ phase: row?.phase, hash: row?.hash, previousHash: row?.previous_hash });
      expect(record.outcome).toBe(row?.phase === 'intent' ? 'unknown' : 'done');
      expect(message.headers['content-type']).toBe('application/json');
      expect(Number(message.headers['webhook-timestamp'])).toBeCloseTo(Date.now() / 1000, -2);
    }
    expect(new Set(receiver.messages.map(({ headers }) => headers['webhook-id'])).size).toBe(6);
  });

  it('is told nothing twice, also by a process that was started again', async () => {
    await act(1);
    await tellReceiver(startTeller());
    await act(1);
    await tellReceiver(startTeller());
    expect(await tellReceiver(startTeller())).toBe(0);
    expect(receiver.messages.map(({ body }) => JSON.parse(body).seq)).toEqual(numbers(1, 4));
  });

  it('is told from the oldest row there is, where others were pruned before', async () => {
    await act(3);
    await kept.store.deleteFrom('audit').where('seq', '<=', 4).execute();
    await tellReceiver(startTeller());
    expect(takenNumbers()).toEqual([5, 6]);
  });
});

describe('a receiver that', () => {
  it.each([500, 404, 401, 302])('answers %i is asked again with the same row, and no other', async (status) => {
    await act(1);
    const teller = startTeller();
    receiver.next.push(status, status, status);
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(await tellReceiver(teller)).toBe(0);
      pauses.push(Math.round(((await readPosition(kept.store)).next_attempt_at - teller.clock()) / 1_000));
      expect(await tellReceiver(teller)).toBe(0);
      ahead += (pauses.at(-1) ?? 0) * 1_000;
    }
    expect(pauses).toEqual([1, 2, 4]);
    expect(await tellReceiver(teller)).toBe(2);
    const seen = receiver.messages.map(({ headers }) => headers['webhook-id']);
    expect(seen.slice(0, 4)).toEqual(Array(4).fill(seen[0]));
    expect(takenNumbers()).toEqual([1, 2]);
  });

  it('is away for long is asked every five minutes, for ever', async () => {
    await act(1);
    const teller = startTeller();
    receiver.next.push(...Array<number>(40).fill(503));
    for (let attempt = 0; attempt < 40; attempt += 1) {
      ahead += 300_000;
      await tellReceiver(teller);
    }
    expect((await readPosition(kept.store)).next_attempt_at - teller.clock()).toBeLessThanOrEqual(300_000);
    ahead += 300_000;
    await tellReceiver(teller);
    expect(takenNumbers()).toEqual([1, 2]);
  });

  it('takes a row and dies before it answers gets it again, under the same id', async () => {
    await act(1);
    const teller = startTeller();
    receiver.next.push('lose');
    await tellReceiver(teller);
    ahead += 1_000;
    await tellReceiver(teller);
    expect(takenNumbers()).toEqual([1, 1, 2]);
    const [first, second, third] = receiver.messages.map(({ headers }) => headers['webhook-id']);
    expect(first).toBe(second);
    expect(third).not.toBe(first);
  });

  it('hangs is left after ten seconds, and asked again', async () => {
    await act(1);
    const teller = startTeller();
    receiver.next.push('hang');
    expect(await tellReceiver(teller)).toBe(0);
    ahead += 1_000;
    await tellReceiver(teller);
    expect(takenNumbers()).toEqual([1, 2]);
  }, 20_000);

  it('has a key in its address does not find it in the log', async () => {
    await act(1);
    receiver.next.push(500, 'lose');
    await tellReceiver(startTeller());
    ahead += 1_000;
    await tellReceiver(startTeller());
    expect(logged.join('')).toContain('the webhook did not take an audit record');
    expect(logged.join('')).toContain('the receiver answered 500');
    for (const hidden of ['in-the-address', 'secret of the receiver', secret.toString('base64')]) {
      expect(logged.join('')).not.toContain(hidden);
    }
  });
});

describe('of several processes', () => {
  it('one tells at a time, and each row once and in order', async () => {
    await act(5);
    const tellers = [startTeller(), startTeller(), startTeller()];
    for (let round = 0; round < 4; round += 1) {
      await Promise.all([act(2), ...tellers.map((teller) => tellReceiver(teller))]);
    }
    await tellReceiver(startTeller());
    expect(takenNumbers()).toEqual(numbers(1, 26));
  });

  it('another goes on when the one that told has died', async () => {
    await act(1);
    const [dead, other] = [startTeller(), startTeller()];
    const lease = { id: 1, seq: 1, attempts: 0, next_attempt_at: 0 };
    await kept.store
      .insertInto('webhook_position')
      .values({ ...lease, lease: dead.holder, lease_until: other.clock() + leaseMs })
      .execute();
    expect(await tellReceiver(other)).toBe(0);
    expect(receiver.messages).toEqual([]);
    ahead += leaseMs;
    expect(await tellReceiver(other)).toBe(1);
    expect(takenNumbers()).toEqual([2]);
  });
});

it('is not overtaken by a prune: what was not told stays', async () => {
  await act(3);
  const later = Date.now() + 30 * 24 * 3_600_000;
  const teller = startTeller();
  receiver.next.push(204, 204, 500);
  await tellReceiver(teller);
  const { seq } = await readPosition(kept.store);
  expect(seq).toBe(2);
  expect(await pruneAudit(kept.store, kept.keys, later, 1, seq)).toBe(2);
  expect((await kept.rows()).map((row) => row.seq)).toEqual([3, 4, 5, 6]);
  expect(await verifyAudit(kept.store, kept.keys)).toMatchObject({ whole: true, from: 3 });
  expect(await pruneAudit(kept.store, kept.keys, later, 1)).toBe(3);
});
