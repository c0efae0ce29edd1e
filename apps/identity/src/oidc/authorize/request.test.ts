import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callApi } from '../../testing/api.ts';
import { type Browser, createBrowser } from '../../testing/browser.ts';
import { addPerson, signInFully, type TestPerson } from '../../testing/person.ts';
import { setPolicy } from '../../testing/policy.ts';
import { addRelyingParty, addTestProject, CALLBACK, type RelyingParty } from '../../testing/relying-party.ts';
import { type RunningServer, startServer } from '../../testing/running-server.ts';

let server: RunningServer;
let application: RelyingParty;
let person: TestPerson;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  await setPolicy(server);
  application = await addRelyingParty(server, await addTestProject(server), 'basic');
  person = await addPerson(server);
  browser = createBrowser(server.origin);
  await signInFully(browser, application.authorizeUrl(), person);
});
afterAll(() => server.stop());

describe('a request for authorization', () => {
  test.each([
    ['an unknown client', { client_id: 'nope' }, 'Errors.App.NotFound'],
    ['an unregistered redirect', { redirect_uri: `${CALLBACK}?x=1` }, undefined],
  ])('with %s is answered here', async (_case, parameters, description) => {
    const page = await browser.open(application.authorizeUrl(parameters));
    expect([page.status, page.headers.get('content-type')]).toEqual([400, 'application/json']);
    expect(JSON.parse(page.body)).toMatchObject({
      error: 'invalid_request',
      ...(description && { error_description: description }),
    });
  });

  test.each([
    ['query', '?code='],
    ['fragment', '#code='],
    ['bogus', '?code='],
  ])('response mode %s', async (mode, expected) => {
    const url = await signInFully(browser, application.authorizeUrl({ response_mode: mode }), person);
    expect(url.href).toContain(`${CALLBACK}${expected}`);
    expect(url.href).not.toContain('iss=');
  });

  test('response mode form_post is a page that posts itself', async () => {
    const page = await browser.open(application.authorizeUrl({ response_mode: 'form_post' }));
    expect(page.status).toBe(200);
    expect(page.body).toMatch(/<form method="post" action="http:\/\/app\.example\/callback">/);
    expect(page.body).toMatch(/name="code"/);
    expect(page.body).not.toMatch(/name="iss"/);
  });
});

test('an inactive application, or one of an inactive project, is nobody’s', async () => {
  const projectId = await addTestProject(server);
  const resting = await addRelyingParty(server, projectId, 'basic');
  const project = `/management/v1/projects/${projectId}`;
  const statusAfter = async (path: string) => {
    expect((await callApi(server, 'POST', path, { body: {} })).status).toBe(200);
    return (await browser.open(resting.authorizeUrl({ prompt: 'none' }))).status;
  };
  expect(await statusAfter(`${project}/apps/${resting.applicationId}/_deactivate`)).toBe(400);
  expect(await statusAfter(`${project}/apps/${resting.applicationId}/_reactivate`)).not.toBe(400);
  expect(await statusAfter(`${project}/_deactivate`)).toBe(400);
  expect(await statusAfter(`${project}/_reactivate`)).not.toBe(400);
});

test('coming back to a sign-in that is over shows a page, not JSON', async () => {
  const page = await browser.open(`/oauth/v2/authorize/no-such-request`);
  expect(page).toMatchObject({ status: 400, title: 'Sign-in ended' });
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('every answer of OIDC gives the browser an id', async () => {
  const answers = await Promise.all(
    ['/.well-known/openid-configuration', application.authorizeUrl()].map((path) =>
      fetch(`${server.origin}${path}`, { redirect: 'manual' }),
    ),
  );
  for (const answer of answers) {
    expect(answer.headers.get('set-cookie')).toMatch(
      /zitadel\.useragent=[\w-]+; Path=\/; Domain=localhost; Max-Age=31536000; HttpOnly; SameSite=Lax/,
    );
  }
});
