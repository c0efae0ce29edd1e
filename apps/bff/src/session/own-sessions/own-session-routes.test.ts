import { OwnSessionList } from '@latchkey/contract/session';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Browser, createBrowser, fromOurPage } from '../../testing/browser.ts';
import { getSession, signIn } from '../../testing/sign-in.ts';
import { startTestBff, type TestBff } from '../../testing/start-test-bff.ts';

let bff: TestBff;
beforeAll(async () => {
  bff = await startTestBff();
});
afterAll(() => bff.stop());

async function ask(browser: Browser, method: string, path: string, csrf = '') {
  const answer = await browser.request(`${bff.publicUrl}/bff/api/me/sessions${path}`, {
    method,
    headers: { ...fromOurPage, 'user-agent': 'Firefox', 'content-type': 'application/json', 'x-csrf': csrf },
    ...(method === 'GET' ? {} : { body: '{}' }),
  });
  const list = answer.status === 200 ? OwnSessionList.parse(answer.json()).sessions : [];
  return { status: answer.status, list };
}

it('lists a person’s sessions and ends one of them, or all others', async () => {
  const [here, there, elsewhere] = [createBrowser(), createBrowser(), createBrowser()];
  await signIn(elsewhere, bff.publicUrl);
  await signIn(there, bff.publicUrl);
  const { csrf } = await signIn(here, bff.publicUrl);
  const { list } = await ask(here, 'GET', '');
  expect(list).toHaveLength(3);
  expect(list.filter((session) => session.current)).toHaveLength(1);
  const other = list.find((session) => !session.current);

  expect((await ask(here, 'DELETE', `/${other?.sessionId}`, csrf)).list).toHaveLength(2);
  expect((await ask(here, 'DELETE', `/${other?.sessionId}`, csrf)).status).toBe(404);
  expect((await ask(here, 'DELETE', '', csrf)).list).toMatchObject([{ current: true }]);
  for (const browser of [there, elsewhere]) expect((await getSession(browser, bff.publicUrl)).status).toBe(401);
  expect((await getSession(here, bff.publicUrl)).status).toBe(200);
});

it('neither shows nor ends those of somebody else', async () => {
  const [alice, bob] = [createBrowser(), createBrowser()];
  await signIn(alice, bff.publicUrl);
  const [hers] = (await ask(alice, 'GET', '')).list;
  bff.rig.person = { sub: 'bob', amr: ['pwd'], ago: 0 };
  const { csrf } = await signIn(bob, bff.publicUrl);
  expect((await ask(bob, 'GET', '')).list).toHaveLength(1);
  expect((await ask(bob, 'DELETE', `/${hers?.sessionId}`, csrf)).status).toBe(404);
  expect((await getSession(alice, bff.publicUrl)).status).toBe(200);
});
