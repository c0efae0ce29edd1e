import { readFileSync, rmSync, statSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ConnectWorld, startConnectWorld } from '../testing/connect-world.ts';

let world: ConnectWorld;
beforeAll(async () => {
  world = await startConnectWorld();
});
afterEach(async () => {
  await world.run('--remove');
  world.proxy.calm();
});
afterAll(() => world.stop());

const whole = { Latchkey: { 'Latchkey localhost:3000': 1 } };
const changes = () => world.proxy.seen.filter((line) => !/^GET |_search$/.test(line));

describe('npm run connect', () => {
  it('makes a project, an application and its key, and what npm start reads', async () => {
    const said = await world.run();
    expect(await world.look()).toEqual(whole);
    const key = JSON.parse(readFileSync(world.files.key, 'utf8'));
    expect(key).toMatchObject({ type: 'application', clientId: expect.any(String), keyId: expect.any(String) });
    for (const file of Object.values(world.files)) expect(statSync(file).mode & 0o777, file).toBe(0o600);
    const variables = readFileSync(world.files.variables, 'utf8').split('\n');
    expect(variables).toContain(`LATCHKEY_ISSUER=${world.zitadel.origin}`);
    expect(variables).toContain(`LATCHKEY_CLIENT_KEY_FILE=${world.files.key}`);
    expect(variables).toContain('LATCHKEY_PUBLIC_URL=http://localhost:3000');
    expect(said.join('\n')).toContain(`client ${key.clientId}`);
    expect(said.join('\n')).not.toContain('PRIVATE KEY');
    expect(said.join('\n')).not.toContain(world.zitadel.adminToken);
  });

  it('asks for exactly the addresses of the console, and says that a local back-channel address was refused', async () => {
    const said = await world.run();
    const [refused, made] = said.filter((line) => /could not|made: application/.test(line));
    expect(refused).toContain('http://localhost:3000/bff/backchannel-logout');
    expect(made).toContain('http://localhost:3000/bff/callback');
    expect(await readConfig()).toMatchObject({
      redirectUris: ['http://localhost:3000/bff/callback'],
      postLogoutRedirectUris: ['http://localhost:3000/signed-out'],
      authMethodType: 'OIDC_AUTH_METHOD_TYPE_PRIVATE_KEY_JWT',
      grantTypes: ['OIDC_GRANT_TYPE_AUTHORIZATION_CODE', 'OIDC_GRANT_TYPE_REFRESH_TOKEN'],
    });
    expect(await readConfig()).not.toHaveProperty('backChannelLogoutUri');
  });

  it('gives the back-channel address where ZITADEL takes it', async () => {
    await world.run('--public-url', 'https://console.example.com');
    expect(await readConfig()).toMatchObject({
      backChannelLogoutUri: 'https://console.example.com/bff/backchannel-logout',
    });
    expect(readFileSync(world.files.variables, 'utf8')).not.toContain('PORT=');
    await world.run('--public-url', 'https://console.example.com', '--remove');
  });

  it('changes nothing when it is run again', async () => {
    await world.run();
    const before = Object.values(world.files).map((file) => readFileSync(file, 'utf8'));
    world.proxy.calm();
    const said = await world.run();
    expect(changes()).toEqual([]);
    expect(said.every((line) => line.startsWith('there: '))).toBe(true);
    expect(Object.values(world.files).map((file) => readFileSync(file, 'utf8'))).toEqual(before);
  });

  it('changes nothing in a dry run, and says what it would do', async () => {
    const said = await world.run('--dry-run');
    expect(changes()).toEqual([]);
    expect(await world.look()).toEqual({});
    expect(() => statSync(world.files.record)).toThrow();
    expect(said.filter((line) => line.startsWith('would make: '))).toHaveLength(4);

    await world.run();
    world.proxy.calm();
    const removal = await world.run('--remove', '--dry-run');
    expect(changes()).toEqual([]);
    expect(removal.filter((line) => line.startsWith('would remove: '))).toHaveLength(3);
    expect(await world.look()).toEqual(whole);
  });

  it('puts right what somebody changed in our application', async () => {
    await world.run();
    const { projectId, appId } = await place();
    const path = `/management/v1/projects/${projectId}/apps/${appId}/oidc_config`;
    await put(path, { redirectUris: ['http://localhost:3000/elsewhere'], grantTypes: [0, 2], authMethodType: 3 });
    const said = await world.run();
    expect(said.find((line) => line.startsWith('changed: '))).toContain('redirect address');
    expect(await readConfig()).toMatchObject({ redirectUris: ['http://localhost:3000/bff/callback'] });
  });

  it('makes a new key when the file is gone, and takes the old one away', async () => {
    await world.run();
    const { keyId } = JSON.parse(readFileSync(world.files.key, 'utf8'));
    rmSync(world.files.key);
    await world.run();
    expect(JSON.parse(readFileSync(world.files.key, 'utf8')).keyId).not.toBe(keyId);
    expect(await world.look()).toEqual(whole);
  });

  it('starts over when somebody removed the project', async () => {
    await world.run();
    await world.call('DELETE', `/management/v1/projects/${(await place()).projectId}`);
    await world.run();
    expect(await world.look()).toEqual(whole);
  });
});

describe('npm run connect -- --remove', () => {
  it('takes back what it made, and has nothing to do the second time', async () => {
    await world.run();
    await world.run('--remove');
    expect(await world.look()).toEqual({});
    for (const file of Object.values(world.files)) expect(() => statSync(file), file).toThrow();
    expect(await world.run('--remove')).toEqual(['there: nothing: this data folder is not connected']);
  });

  it('leaves a project in which somebody else put something', async () => {
    await world.run();
    const { projectId } = await place();
    await world.call('POST', `/management/v1/projects/${projectId}/apps/oidc`, { name: 'theirs' });
    expect((await world.run('--remove')).some((line) => line.startsWith('kept: project'))).toBe(true);
    expect(await world.look()).toEqual({ Latchkey: { theirs: 0 } });
    await world.call('DELETE', `/management/v1/projects/${projectId}`);
  });

  it('leaves a project and an application that it found', async () => {
    const { id } = await world.call('POST', '/management/v1/projects', { name: 'Latchkey' });
    await world.run();
    await world.run('--remove');
    expect(await world.look()).toEqual({ Latchkey: {} });
    await world.call('DELETE', `/management/v1/projects/${id}`);
  });
});

async function place(): Promise<{ projectId: string; appId: string }> {
  const { project, application } = JSON.parse(readFileSync(world.files.record, 'utf8'));
  return { projectId: project.id, appId: application.id };
}

async function readConfig(): Promise<unknown> {
  const { projectId, appId } = await place();
  const answer = await world.call('GET', `/management/v1/projects/${projectId}/apps/${appId}`);
  return (answer.app as { oidcConfig: unknown }).oidcConfig;
}

async function put(path: string, body: unknown): Promise<void> {
  const answer = await fetch(world.zitadel.origin + path, {
    method: 'PUT',
    headers: { authorization: `Bearer ${world.zitadel.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
}
