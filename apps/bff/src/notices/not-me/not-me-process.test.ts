import { join } from 'node:path';
import { notMePath } from '@latchkey/contract/paths';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BffProcess, startBffProcess } from '../../testing/bff-process.ts';
import { fromOurPage } from '../../testing/browser.ts';
import { type MailReceiver, startMailReceiver } from '../../testing/mail-receiver.ts';
import { createTestNotices, noticeFor } from '../../testing/notice-world.ts';
import { type OidcRig, startOidcRig } from '../../testing/oidc-rig.ts';
import { type ServiceWorld, startServiceWorld } from '../../testing/service-world.ts';
import { tellUser } from '../tell-user.ts';

let world: ServiceWorld;
let rig: OidcRig;
let mail: MailReceiver;
let environment: Record<string, string>;
const processes: BffProcess[] = [];

beforeAll(async () => {
  world = await startServiceWorld();
  const { data, databaseUrl } = world.kept;
  rig = await startOidcRig({ publicUrl: 'http://localhost:3000', folder: data });
  mail = await startMailReceiver();
  environment = {
    LATCHKEY_DATA: data,
    LATCHKEY_DATABASE_URL: databaseUrl,
    LATCHKEY_PUBLIC_URL: 'http://localhost:3000',
    LATCHKEY_ISSUER: rig.issuer,
    LATCHKEY_CLIENT_KEY_FILE: rig.keyFile,
    LATCHKEY_API_URL: world.proxy.origin,
    LATCHKEY_API_HOST: new URL(world.server.origin).host,
    LATCHKEY_SERVICE_PAT_FILE: join(data, 'service.pat'),
    LATCHKEY_SMTP_URL: mail.url,
  };
}, 60_000);

afterAll(async () => {
  await Promise.all(processes.map((process) => process.stop()));
  await Promise.all([mail.stop(), rig.stop()]);
  await world.stop();
}, 60_000);

async function start(): Promise<BffProcess> {
  const process = await startBffProcess(environment);
  processes.push(process);
  return process;
}

it('locks an account although the process that took the press was killed before ZITADEL was back', async () => {
  const { kept, serviceAccount, proxy } = world;
  const organisationId = await world.world.makeOrganisation();
  const userId = await world.world.makePerson(organisationId);
  const address = await world.emailOf(userId);
  await tellUser(createTestNotices(kept, { smtpUrl: mail.url, serviceAccount }), noticeFor({ userId, address }));
  const [, code = ''] = /not-me#(\S+)/.exec(mail.mails[0]?.text ?? '') ?? [];

  const first = await start();
  proxy.fail(/\/lock$/, { kind: 'reset' }, { times: 1_000 });
  const headers = { ...fromOurPage, 'content-type': 'application/json' };
  const press = (url: string) => fetch(url + notMePath, { method: 'POST', headers, body: JSON.stringify({ code }) });
  expect(await (await press(first.url)).json()).toEqual({ outcome: 'told' });
  await first.kill();
  expect(await stateOf(userId)).toBe('USER_STATE_ACTIVE');
  proxy.calm();

  const second = await start();
  await expect.poll(() => stateOf(userId), { timeout: 60_000, interval: 500 }).toBe('USER_STATE_LOCKED');
  await expect.poll(() => mail.mails.at(-1)?.text, { timeout: 20_000 }).toContain('The account is locked now.');
  expect((await press(second.url)).status).toBe(404);
  expect(first.output() + second.output()).not.toContain(code);
}, 120_000);

it('ends the sessions of codes that nobody read out', async () => {
  const { kept, serviceAccount } = world;
  const userId = await world.world.makePerson(await world.world.makeOrganisation());
  const sessionId = await serviceAccount.sendCode('test', userId, 'otpEmail');
  const row = {
    agent_id: 'agent',
    user_id: userId,
    channel: 'otpEmail',
    masked_to: '',
    session_id: sessionId,
  } as const;
  await kept.store
    .insertInto('caller_codes')
    .values({
      ...row,
      caller_code_id: 'c',
      state: 'sent',
      attempts: 0,
      created_at: Date.now(),
      expires_at: 0,
      used_for: null,
    })
    .execute();
  expect(await world.sessionsOf(userId)).toEqual([sessionId]);
  await start();
  await expect.poll(() => world.sessionsOf(userId), { timeout: 40_000, interval: 500 }).toEqual([]);
}, 60_000);

const stateOf = async (userId: string): Promise<string> =>
  (await world.world.api('GET', `/v2/users/${userId}`)).user.state;
