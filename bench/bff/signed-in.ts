import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Person } from '@latchkey/test-kit/person';
import type { Stack } from '@latchkey/test-kit/stack';
import { totpCode } from '@latchkey/test-kit/totp';
import { chromium } from '@playwright/test';
import { signInStaff } from '../../e2e/sign-in.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Signs a person in as they would, in a browser. @returns the headers that make a request one of the page's. */
export async function signInAtConsole(stack: Stack, person: Person): Promise<Record<string, string>> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-quic'] });
  const context = await browser.newContext({ baseURL: stack.publicUrl });
  const page = await context.newPage();
  await signInStaff(page, person);
  const cookies = await context.cookies(stack.publicUrl);
  await browser.close();
  return { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '), 'sec-fetch-site': 'same-origin' };
}

/** The same person's session at ZITADEL, with the same factors, as a token for direct calls. */
export async function signInAtApi(stack: Stack, person: Person): Promise<Record<string, string>> {
  const loginClient = readFileSync(path.join(stack.dataFolder, 'identity', 'login-client.pat'), 'utf8').trim();
  const checks = {
    user: { loginName: person.loginName },
    password: { password: person.password },
    totp: { code: totpCode(person) },
  };
  const answer = await fetch(`${stack.issuer}/v2/sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${loginClient}`, 'content-type': 'application/json' },
    body: JSON.stringify({ checks }),
  });
  if (!answer.ok) throw new Error(`the session was refused: ${answer.status} ${await answer.text()}`);
  const { sessionToken } = (await answer.json()) as { sessionToken: string };
  return { authorization: `Bearer ${sessionToken}`, 'content-type': 'application/json' };
}
