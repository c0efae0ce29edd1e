import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@latchkey/test-kit/free-port';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAuditLog } from './audit/audit-log.ts';
import { tellUser } from './notices/tell-user.ts';
import { openStore, type Store } from './store/open-store.ts';
import { type BffProcess, runBffProcess, startBffProcess } from './testing/bff-process.ts';
import { type MailReceiver, startMailReceiver } from './testing/mail-receiver.ts';
import { createTestNotices, noticeFor } from './testing/notice-world.ts';
import { type OidcRig, startOidcRig } from './testing/oidc-rig.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';
import { startWebhookReceiver, type WebhookReceiver } from './testing/webhook-receiver.ts';
import { leaseMs } from './webhook/webhook-position.ts';

let data: string;
let rig: OidcRig;
let database: TestDatabase;
let store: Store;
let mail: MailReceiver;
let siem: WebhookReceiver;
let environment: Record<string, string>;
const processes: BffProcess[] = [];

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'latchkey-queues-'));
  const publicUrl = `http://localhost:${await freePort()}`;
  rig = await startOidcRig({ publicUrl, folder: data });
  database = await createTestDatabase();
  store = await openStore(data, database.url || undefined);
  mail = await startMailReceiver();
  siem = await startWebhookReceiver();
  const secretFile = join(data, 'webhook-secret');
  writeFileSync(secretFile, randomBytes(32).toString('base64'));
  environment = {
    LATCHKEY_DATA: data,
    LATCHKEY_PUBLIC_URL: publicUrl,
    LATCHKEY_ISSUER: rig.issuer,
    LATCHKEY_CLIENT_KEY_FILE: rig.keyFile,
    LATCHKEY_DATABASE_URL: database.url,
    LATCHKEY_SMTP_URL: mail.url,
    LATCHKEY_WEBHOOK_URL: siem.url,
    LATCHKEY_WEBHOOK_SECRET_FILE: secretFile,
  };
}, 60_000);

afterAll(async () => {
  await Promise.all(processes.map((process) => process.stop()));
  await Promise.all([mail.stop(), siem.stop(), rig.stop(), store.destroy()]);
  await database.drop();
  rmSync(data, { recursive: true, force: true });
}, 60_000);

async function start(extra: Record<string, string> = {}): Promise<BffProcess> {
  const process = await startBffProcess({ ...environment, ...extra });
  processes.push(process);
  return process;
}

async function act(times: number): Promise<void> {
  const audit = createAuditLog(store, Date.now, pino({ level: 'silent' }));
  const actor = { userId: 'agent', requestId: 'r', address: null, authTime: 0, amr: [] };
  const placed = { act: { act: 'lockUser', userId: 'user' }, organisationId: 'o' } as const;
  for (let index = 0; index < times; index += 1) {
    await (await audit.announce(actor, placed, { reason: 'to be told' })).end('done');
  }
}
const told = () => siem.taken().map(({ seq }) => seq);
const numbers = (to: number) => Array.from({ length: to }, (_, index) => index + 1);

it('are worked off by whichever processes there are, also after one was killed in the middle', async () => {
  const metricsPort = await freePort();
  const first = await start({ LATCHKEY_METRICS_PORT: String(metricsPort) });
  await act(2);
  await expect.poll(told, { timeout: 10_000 }).toEqual(numbers(4));

  // It waits for an answer when it is killed: nobody knows whether the receiver has that row.
  siem.next.push('hang');
  await act(2);
  await expect.poll(() => siem.messages.at(-1)?.answer, { timeout: 10_000 }).toBe('hang');
  const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  expect(metrics).toMatch(/^latchkey_webhook_backlog 4$/m);
  expect(metrics).toMatch(/^latchkey_mails\{state="waiting"\} 0$/m);
  expect(metrics).toMatch(/^latchkey_disputes_unlocked 0$/m);
  await first.kill();

  // A mail that another process had begun, too.
  mail.behaviour = 'refuse';
  const notice = noticeFor();
  await tellUser(createTestNotices({ data, store }, { smtpUrl: mail.url }), notice);
  await store.updateTable('notices').set({ next_attempt_at: Date.now() }).execute();
  mail.behaviour = 'take';

  await Promise.all([start(), start()]);
  await expect.poll(told, { timeout: leaseMs + 20_000, interval: 500 }).toEqual(numbers(8));
  await expect.poll(() => mail.mails.length, { timeout: 20_000 }).toBe(1);
  await act(5);
  await expect.poll(told, { timeout: 10_000 }).toEqual(numbers(18));
  expect(mail.mails).toHaveLength(1);
}, 150_000);

it.each(['LATCHKEY_SERVICE_PAT_FILE', 'LATCHKEY_WEBHOOK_SECRET_FILE'])(
  'do not start with a %s that is none, and its content stays where it is',
  async (variable) => {
    const file = join(data, 'wrong');
    writeFileSync(file, 'not a secret at all');
    const { code, output } = await runBffProcess({ ...environment, PORT: String(await freePort()), [variable]: file });
    expect(code).toBe(1);
    expect(output).toContain(`${variable}: ${file}`);
    expect(output).not.toContain('not a secret at all');
  },
  30_000,
);
