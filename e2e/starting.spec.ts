import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@latchkey/test-kit/free-port';
import type { Person } from '@latchkey/test-kit/person';
import { expect, test } from '@playwright/test';
import { Start } from './npm-start.ts';

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

test('npm start serves, stops everything on a signal, and finds its data as it was', async () => {
  test.setTimeout(180_000);
  const data = mkdtempSync(path.join(tmpdir(), 'latchkey-start-'));
  const [port, identityPort] = [await freePort(), await freePort()];
  const env = { PORT: String(port), IDENTITY_PORT: String(identityPort), LATCHKEY_DATA: data };
  const publicUrl = `http://localhost:${port}`;
  const api = `http://localhost:${identityPort}`;

  const first = new Start(env);
  await first.ready(publicUrl);
  const file = (name: string) => path.join(data, 'identity', name);
  for (const name of ['admin.pat', 'login-client.pat', 'people.json']) {
    expect(statSync(file(name)).mode & 0o077, `${name} is for its owner only`).toBe(0);
  }
  const people = JSON.parse(readFileSync(file('people.json'), 'utf8')) as Person[];
  for (const { loginName } of people) expect(first.output).toContain(loginName);
  const authorization = `Bearer ${readFileSync(file('admin.pat'), 'utf8').trim()}`;
  const person = people.find(({ roles, factors }) => roles.length === 0 && factors.some(({ kind }) => kind === 'totp'));
  const totp = `${api}/v2/users/${person?.userId}/totp`;
  expect((await fetch(totp, { method: 'DELETE', headers: { authorization } })).status).toBe(200);

  const ended = first.exited();
  first.child.kill('SIGTERM');
  await ended;
  expect(await answers(publicUrl)).toBe(false);
  expect(await answers(api)).toBe(false);

  const second = new Start(env);
  await second.ready(publicUrl);
  expect((await fetch(totp, { method: 'DELETE', headers: { authorization } })).status).toBe(404);
  const endedAgain = second.exited();
  second.child.kill('SIGTERM');
  await endedAgain;
  rmSync(data, { recursive: true, force: true });
});

test('a taken port is named, with the variable that changes it', async () => {
  const taken = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve));
  const start = new Start({ PORT: String(port) });
  expect(await start.exited()).not.toBe(0);
  expect(start.output).toContain(`port ${port} is taken`);
  expect(start.output).toContain('PORT=');
  expect(start.output).not.toMatch(/\n {4}at /);
  taken.close();
});
