import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';

type Environment = Record<string, string>;

// Plain JavaScript, for it runs from a bare checkout: its types are said here.
const { pointToEmbedded } = (await import(new URL('settings.mjs', import.meta.url).href)) as {
  pointToEmbedded(env: Environment, data: string, identityPort: number): void;
};

let data: string;

beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'latchkey-'));
  mkdirSync(path.join(data, 'identity'));
  writeFileSync(path.join(data, 'identity', 'smtp.url'), 'smtp://127.0.0.1:2525\n');
  return () => rmSync(data, { recursive: true });
});

it('gives the BFF the embedded server’s mail and the login client’s token', () => {
  const env: Environment = {};
  pointToEmbedded(env, data, 8080);
  expect(env).toEqual({
    LATCHKEY_ISSUER: 'http://localhost:8080',
    LATCHKEY_CLIENT_KEY_FILE: path.join(data, 'identity', 'console-application.json'),
    LATCHKEY_SERVICE_PAT_FILE: path.join(data, 'identity', 'login-client.pat'),
    LATCHKEY_SMTP_URL: 'smtp://127.0.0.1:2525',
  });
});

it('leaves alone what somebody set, also to nothing', () => {
  const own = { LATCHKEY_SERVICE_PAT_FILE: '', LATCHKEY_SMTP_URL: 'smtps://mail.example.org' };
  const env: Environment = { ...own };
  pointToEmbedded(env, data, 8080);
  expect(env).toMatchObject(own);
});
