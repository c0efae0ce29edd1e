import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { freePort } from '@latchkey/test-kit/free-port';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConnectWorld, startConnectWorld } from '../testing/connect-world.ts';
import { readArguments } from './read-arguments.ts';
import { runConnect } from './run-connect.ts';

let world: ConnectWorld;
beforeAll(async () => {
  world = await startConnectWorld();
});
afterAll(() => world.stop());

async function faultOf(line: string[], environment: Record<string, string> = {}): Promise<string> {
  try {
    const wanted = readArguments(line, { LATCHKEY_DATA: join(world.data, 'bad'), ...environment });
    if (wanted) await runConnect(wanted, () => undefined);
    return 'no fault';
  } catch (error) {
    expect(error).toHaveProperty('name', 'ConnectFault');
    return String(error);
  }
}

async function machine(roles: string[]): Promise<string> {
  const userName = `machine-${roles.join('-') || 'nobody'}`;
  const { userId } = await world.call('POST', '/management/v1/users/machine', { userName, name: userName });
  const { token } = await world.call('POST', `/management/v1/users/${userId}/pats`);
  if (roles.length > 0) await world.call('POST', '/admin/v1/members', { userId, roles });
  return String(token);
}

describe('what an operator may get wrong', () => {
  it('names all missing arguments at once', async () => {
    const text = await faultOf([]);
    expect(text).toContain('--issuer: is required');
    expect(text).toContain('--pat-file: is required');
  });

  it('shows the usage for an argument it does not know', async () => {
    expect(await faultOf(['--isuer', 'x'])).toContain('npm run connect -- --issuer URL --pat-file FILE');
  });

  it.each([
    ['--issuer', 'https://login.example.com/path', '--issuer: must be an origin'],
    ['--issuer', 'http://login.example.com', '--issuer: must be https'],
    ['--public-url', 'http://console.example.com', '--public-url: must be https'],
    ['--public-url', 'console', '--public-url: must be an origin'],
    ['--pat-file', '/nowhere/at/all', '--pat-file: there is no file /nowhere/at/all'],
  ])('refuses %s %s', async (name, value, expected) => {
    expect(await faultOf([...world.line(), name, value])).toContain(expected);
  });

  it('refuses a file that holds no token, and does not repeat it', async () => {
    const text = await faultOf([...world.line(), '--pat-file', world.patFile('not a token\nat all')]);
    expect(text).toContain('is not a personal access token');
    expect(text).not.toContain('not a token\nat all');
  });

  it('says that nothing answers', async () => {
    const issuer = `http://localhost:${await freePort()}`;
    expect(await faultOf([...world.line(), '--issuer', issuer])).toMatch(/Nothing answers at .*ECONNREFUSED/);
  });

  it('says that something else answers', async () => {
    const other = createServer((_, response) => response.writeHead(404).end('not here'));
    await new Promise<void>((resolve) => other.listen(0, resolve));
    const issuer = `http://localhost:${(other.address() as AddressInfo).port}`;
    expect(await faultOf([...world.line(), '--issuer', issuer])).toContain('it is not a ZITADEL');
    other.close();
  });

  it('names the issuer that ZITADEL calls itself', async () => {
    const named = createServer((_, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ issuer: world.zitadel.origin }));
    });
    await new Promise<void>((resolve) => named.listen(0, resolve));
    const issuer = `http://localhost:${(named.address() as AddressInfo).port}`;
    expect(await faultOf([...world.line(), '--issuer', issuer])).toContain(`calls itself ${world.zitadel.origin}`);
    named.close();
  });

  it('says that the token is not accepted', async () => {
    const text = await faultOf([...world.line(), '--pat-file', world.patFile('AAAAAAAAAAAAAAAAAAAAAAAA')]);
    expect(text).toContain('does not accept the token');
    expect(text).not.toContain('AAAAAAAA');
  });

  it.each([[['IAM_OWNER_VIEWER']], [[]]])(
    'names the rights that a token with %j lacks, and makes nothing',
    async (roles) => {
      const before = await world.look();
      const text = await faultOf([...world.line(), '--pat-file', world.patFile(await machine(roles))]);
      expect(text).toContain('lacks project.create and project.app.write');
      expect(text).toContain('ORG_OWNER');
      expect(await world.look()).toEqual(before);
    },
  );

  it('says that the API cannot be reached', async () => {
    const api = { LATCHKEY_API_URL: `http://127.0.0.1:${await freePort()}` };
    expect(await faultOf(world.line(), api)).toContain(`API cannot be reached at ${api.LATCHKEY_API_URL}`);
  });

  it('does not mix two connections in one data folder', async () => {
    await world.run();
    await expect(world.run('--public-url', 'http://localhost:4000')).rejects.toThrow('is connected already');
    await world.run('--remove');
  });

  it('does not take an application of somebody else that is set up otherwise', async () => {
    const { id } = await world.call('POST', '/management/v1/projects', { name: 'Latchkey' });
    const theirs = { name: 'Latchkey localhost:3000', redirectUris: ['http://localhost:3000/theirs'] };
    await world.call('POST', `/management/v1/projects/${id}/apps/oidc`, theirs);
    await expect(world.run()).rejects.toThrow(/not made from this data folder.*redirect address/);
    await world.run('--remove');
    await world.call('DELETE', `/management/v1/projects/${id}`);
  });
});
