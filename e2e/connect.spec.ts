import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { AppProcess } from '@latchkey/test-kit/app-process';
import { freePort } from '@latchkey/test-kit/free-port';
import { People } from '@latchkey/test-kit/person';
import { expect, test } from '@playwright/test';
import { Start } from './npm-start.ts';
import { signInStaff } from './sign-in.ts';

const run = promisify(execFile);

test('an operator connects a ZITADEL by one command, and its people sign in', async ({ browser }) => {
  test.setTimeout(180_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-connect-'));
  const [port, zitadelPort] = [await freePort(), await freePort()];
  const publicUrl = `http://localhost:${port}`;
  const issuer = `http://localhost:${zitadelPort}`;
  const zitadel = new AppProcess('identity', 'apps/identity/dist/main.js', {
    LATCHKEY_DATA: path.join(folder, 'zitadel'),
    IDENTITY_PORT: String(zitadelPort),
  });
  await zitadel.ready(`${issuer}/debug/ready`);
  const file = (name: string) => path.join(folder, 'zitadel', 'identity', name);
  const env = { LATCHKEY_DATA: path.join(folder, 'latchkey') };
  const connect = async (...further: string[]) => {
    const line = ['run', 'connect', '--', '--issuer', issuer, '--pat-file', file('admin.pat'), ...further];
    return (await run('npm', line, { env: { ...process.env, ...env } })).stdout;
  };

  const said = await connect('--public-url', publicUrl);
  expect(said).toContain(`application "Latchkey localhost:${port}"`);
  expect(said).not.toContain(readFileSync(file('admin.pat'), 'utf8').trim());

  const start = new Start(env);
  await start.ready(publicUrl);
  expect(start.output).not.toContain('Password');
  const page = await (await browser.newContext({ baseURL: publicUrl })).newPage();
  await signInStaff(page, new People(file('people.json')).staff('IAM_OWNER'));
  expect(new URL(page.url()).origin).toBe(publicUrl);
  await expect(page.getByRole('row')).not.toHaveCount(0);
  await start.stop();

  expect(await connect('--public-url', publicUrl, '--remove')).toContain('removed');
  await zitadel.stop();
  rmSync(folder, { recursive: true, force: true });
});
