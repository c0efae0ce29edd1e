import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBrowser } from '../../testing/browser.ts';
import { addPerson, codeOf, signInFully } from '../../testing/person.ts';
import { setPolicy } from '../../testing/policy.ts';
import { addRelyingParty, addTestProject, type RelyingParty, SIGNED_OUT } from '../../testing/relying-party.ts';
import { type RunningServer, startServer } from '../../testing/running-server.ts';
import { ALIVE, DEAD, reach, signInTo } from '../../testing/signed-in.ts';

let server: RunningServer;
let application: RelyingParty;

beforeAll(async () => {
  server = await startServer();
  await setPolicy(server);
  application = await addRelyingParty(server, await addTestProject(server), 'privateKeyJwt');
});
afterAll(() => server.stop());

async function signOut(parameters: Record<string, string>, method = 'GET') {
  const form = new URLSearchParams(parameters);
  const [query, body] = method === 'GET' ? [`?${form}`, undefined] : ['', form];
  return fetch(`${server.origin}/oidc/v1/end_session${query}`, { method, redirect: 'manual', ...(body && { body }) });
}

const target = (answer: Response) => [answer.status, answer.headers.get('location')];
const DONE = '/ui/login/logout/done';

test.each(['GET', 'POST'])('by %s leads to the application’s address, with its state', async (method) => {
  const { idToken } = await signInTo(server, application);
  const parameters = { id_token_hint: idToken, post_logout_redirect_uri: SIGNED_OUT, state: 's' };
  expect(target(await signOut(parameters, method))).toEqual([302, `${SIGNED_OUT}?state=s`]);
});

test('with an ID token alone ends the session and leads to a page', async () => {
  const { idToken, accessToken } = await signInTo(server, application);
  expect(target(await signOut({ id_token_hint: idToken, state: 's' }))).toEqual([302, DONE]);
  expect(await reach(server, application, accessToken)).toEqual(DEAD);
});

test('with the client instead of an ID token leads to its address, and ends nothing', async () => {
  const { accessToken } = await signInTo(server, application);
  const parameters = { client_id: application.clientId, post_logout_redirect_uri: SIGNED_OUT, state: 's' };
  expect(target(await signOut(parameters))).toEqual([302, `${SIGNED_OUT}?state=s`]);
  expect(await reach(server, application, accessToken)).toEqual(ALIVE);
});

test.each([
  ['nothing', {}],
  ['an address without a client', { post_logout_redirect_uri: SIGNED_OUT }],
])('with %s leads to a page', async (_case, parameters: Record<string, string>) => {
  expect(target(await signOut(parameters))).toEqual([302, DONE]);
  expect((await fetch(`${server.origin}${DONE}`)).status).toBe(200);
});

test('to an unregistered address: refused, and nothing is ended', async () => {
  const { idToken, accessToken } = await signInTo(server, application);
  const answer = await signOut({ id_token_hint: idToken, post_logout_redirect_uri: 'http://evil.example/' });
  expect([answer.status, await answer.json()]).toEqual([
    400,
    { error: 'invalid_request', error_description: 'post_logout_redirect_uri invalid' },
  ]);
  expect(await reach(server, application, accessToken)).toEqual(ALIVE);
});

test('with a forged ID token', async () => {
  const { idToken } = await signInTo(server, application);
  const answer = await signOut({ id_token_hint: `${idToken.slice(0, -4)}AAAA` });
  expect([answer.status, await answer.json()]).toEqual([
    500,
    { error: 'server_error', error_description: 'Errors.Internal' },
  ]);
});

test('a refreshed ID token is good for it, and the browser has to sign in again', async () => {
  const person = await addPerson(server);
  const browser = createBrowser(server.origin);
  const { body } = await application.exchange(codeOf(await signInFully(browser, application.authorizeUrl(), person)));
  const { body: later } = await application.refresh(body.refresh_token);
  expect((await browser.open(application.authorizeUrl())).title).toBe('');
  await signOut({ id_token_hint: String(later.id_token) });
  const page = await browser.open(application.authorizeUrl());
  expect(page.title).toBe('Sign in');
});
