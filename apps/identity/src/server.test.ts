import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type IdentityConfiguration, readConfiguration } from './config.ts';
import { PortTaken } from './data/port.ts';
import { startIdentity } from './server.ts';

let base: string;
let configuration: IdentityConfiguration;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'identity-'));
  configuration = { ...readConfiguration({ LATCHKEY_DATA: base, LATCHKEY_DEMO: 'none' }), port: 0 };
  return () => rmSync(base, { recursive: true, force: true });
});

const read = (name: string) => readFileSync(join(configuration.folder, name), 'utf8');

async function me(origin: string, token: string): Promise<Response> {
  return fetch(`${origin}/auth/v1/users/me`, { headers: { authorization: `Bearer ${token}` } });
}

describe('a first start', () => {
  test('leaves a folder that only its owner reads, with the tokens of two machine users', async () => {
    const server = await startIdentity(configuration);
    const modes = readdirSync(configuration.folder).map(
      (name) => statSync(join(configuration.folder, name)).mode & 0o777,
    );
    expect(new Set(modes)).toEqual(new Set([0o600]));
    expect(statSync(configuration.folder).mode & 0o777).toBe(0o700);
    const answers = await Promise.all(['admin.pat', 'login-client.pat'].map((name) => me(server.origin, read(name))));
    const users = (await Promise.all(answers.map((answer) => answer.json()))) as { user: { userName: string } }[];
    expect(users.map(({ user }) => user.userName)).toEqual(['boss', 'login-client']);
    await server.stop();
  });

  test('that was killed half-way is begun again', async () => {
    mkdirSync(`${configuration.folder}.draft`);
    writeFileSync(join(`${configuration.folder}.draft`, 'identity.db'), 'half of a database');
    const server = await startIdentity(configuration);
    expect((await me(server.origin, read('admin.pat'))).status).toBe(200);
    expect(readdirSync(base)).toEqual(['identity']);
    await server.stop();
  });
});

describe('a second start', () => {
  test('finds everything as it was, and lets the console’s addresses follow it', async () => {
    const first = await startIdentity(configuration);
    const [keys, token] = [read('keys.json'), read('admin.pat')];
    await first.stop();
    const second = await startIdentity({ ...configuration, publicUrl: 'https://console.example' });
    expect([read('keys.json'), read('admin.pat')]).toEqual([keys, token]);
    expect((await me(second.origin, token)).status).toBe(200);
    const { clientId } = JSON.parse(read('console-application.json')) as { clientId: string };
    const parameters = {
      client_id: clientId,
      response_type: 'code',
      redirect_uri: 'https://console.example/bff/callback',
    };
    const request = await fetch(`${second.origin}/oauth/v2/authorize?${new URLSearchParams(parameters)}`, {
      redirect: 'manual',
    });
    expect([request.status, request.headers.get('location')]).toEqual([
      302,
      expect.stringMatching(/^\/ui\/login\/login\?authRequestID=/),
    ]);
    await second.stop();
  });
});

test('a taken port is named, and nothing is made', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const start = startIdentity({ ...configuration, port });
  await expect(start).rejects.toThrow(PortTaken);
  await expect(start).rejects.toThrow(String(port));
  expect(readdirSync(base)).toEqual([]);
  other.close();
});

test('wrong configuration is named, all of it', () => {
  const environment = { IDENTITY_PORT: 'x', LATCHKEY_DEMO: 'y', LATCHKEY_PUBLIC_URL: 'z' };
  const read = () => readConfiguration(environment);
  for (const name of Object.keys(environment)) expect(read).toThrow(name);
});

describe('the demo', () => {
  let people: { roles: string[]; organisationId: string; state: string; factors: { kind: string }[] }[];
  let demoBase: string;

  beforeAll(async () => {
    demoBase = mkdtempSync(join(tmpdir(), 'identity-'));
    const demo = { ...readConfiguration({ LATCHKEY_DATA: demoBase }), port: 0 };
    const server = await startIdentity(demo);
    people = JSON.parse(readFileSync(join(demo.folder, 'people.json'), 'utf8')) as typeof people;
    await server.stop();
  });
  afterAll(() => rmSync(demoBase, { recursive: true, force: true }));

  test('lists staff first, in the order that scripts expect, each with an authenticator app alone', () => {
    const staff = people.filter(({ roles }) => roles.length > 0);
    expect(people.slice(0, staff.length)).toEqual(staff);
    expect(staff.flatMap(({ roles }) => roles)).toEqual([
      ...['IAM_OWNER', 'IAM_OWNER', 'IAM_OWNER', 'IAM_USER_MANAGER'],
      ...['ORG_USER_MANAGER', 'ORG_USER_MANAGER', 'IAM_OWNER_VIEWER'],
    ]);
    for (const { factors } of staff) expect(factors.map(({ kind }) => kind)).toEqual(['totp']);
  });

  test('has at least eight others in each organisation, with every mix of factors', () => {
    const others = people.filter(({ roles }) => roles.length === 0);
    const organisations = [...new Set(people.map(({ organisationId }) => organisationId))];
    expect(organisations).toHaveLength(2);
    for (const id of organisations) {
      const here = others.filter(({ organisationId }) => organisationId === id);
      expect(here.length).toBeGreaterThanOrEqual(8);
      const alone = here.filter(({ factors }) => factors.length === 1).map(({ factors }) => factors[0]?.kind);
      expect(alone).toEqual(expect.arrayContaining(['totp', 'otpEmail', 'otpSms', 'u2f', 'passkey']));
      expect(here.some(({ factors }) => factors.length > 1)).toBe(true);
      expect(here.some(({ factors }) => factors.length === 0)).toBe(true);
    }
    expect(others.filter(({ state }) => state === 'locked')).toHaveLength(1);
  });
});
