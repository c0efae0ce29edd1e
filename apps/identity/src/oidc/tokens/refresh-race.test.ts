import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBrowser } from '../../testing/browser.ts';
import { addPerson, codeOf, signInFully } from '../../testing/person.ts';
import { setPolicy } from '../../testing/policy.ts';
import { addRelyingParty, addTestProject, type RelyingParty } from '../../testing/relying-party.ts';
import { type RunningServer, startServer } from '../../testing/running-server.ts';

let server: RunningServer;
let application: RelyingParty;

beforeAll(async () => {
  server = await startServer({ refreshPause: 200 });
  await setPolicy(server);
  application = await addRelyingParty(server, await addTestProject(server), 'basic');
});
afterAll(() => server.stop());

async function newTokens() {
  const person = await addPerson(server);
  const url = await signInFully(createBrowser(server.origin), application.authorizeUrl(), person);
  return (await application.exchange(codeOf(url))).body;
}

const isActive = async (token: unknown) =>
  (await application.post('/oauth/v2/introspect', { token: String(token) })).body.active;

test('two refreshes at once both succeed, and the tokens of one are dead', async () => {
  const { refresh_token } = await newTokens();
  const both = await Promise.all([application.refresh(refresh_token), application.refresh(refresh_token)]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  const active = await Promise.all(both.map(({ body }) => isActive(body.access_token)));
  expect(active.sort()).toEqual([false, true]);
  const next = await Promise.all(both.map(({ body }) => application.refresh(body.refresh_token)));
  expect(next.map(({ status }) => status).sort()).toEqual([200, 400]);
});

test('two exchanges of one code at once both succeed, and both sets of tokens live', async () => {
  const person = await addPerson(server);
  const code = codeOf(await signInFully(createBrowser(server.origin), application.authorizeUrl(), person));
  const both = await Promise.all([application.exchange(code), application.exchange(code)]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  expect(await Promise.all(both.map(({ body }) => isActive(body.access_token)))).toEqual([true, true]);
  const next = await Promise.all(both.map(({ body }) => application.refresh(body.refresh_token)));
  expect(next.map(({ status }) => status)).toEqual([200, 200]);
});

test('no token stands in the database as it is', async () => {
  const body = await newTokens();
  const files = readdirSync(server.configuration.folder).filter((name) => name.includes('.db'));
  const bytes = files.map((name) => readFileSync(`${server.configuration.folder}/${name}`, 'latin1')).join();
  for (const token of [body.access_token, body.refresh_token]) expect(bytes).not.toContain(String(token));
});
