import { ResetList } from '@latchkey/contract/reset';
import { User } from '@latchkey/contract/user';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { openResetWorld, type ResetWorld, stepLines } from '../../testing/reset-world.ts';
import { type SignedIn, serveRoutes } from '../../testing/serve-routes.ts';
import { userRoutes } from '../../users/user-routes.ts';

let reset: ResetWorld;
let away: string;
let stranger: SignedIn;
let auditor: SignedIn;
beforeAll(async () => {
  reset = await openResetWorld();
  away = await reset.world.makeOrganisation();
  stranger = await reset.world.makeCaller('ORG_USER_MANAGER', away);
  auditor = await reset.world.makeCaller('IAM_OWNER_VIEWER', reset.home);
}, 60_000);
afterAll(() => reset?.stop());
beforeEach(() => reset.proxy.calm());

const mails = { remove: [], sessions: [], lock: false, reenrolment: 'passwordReset' } as const;
const start = async (place = reset.home, as = reset.agent) =>
  await reset.start(await reset.world.makePerson(place), { ...mails, remove: [], sessions: [] }, as);
async function list(as: SignedIn, query = ''): Promise<ResetList> {
  return z.parse(ResetList, (await reset.bff.call(as, 'GET', `/bff/api/resets${query}`)).body);
}
const idsOf = ({ resets }: ResetList) => resets.map(({ resetId }) => resetId);

describe('cases', () => {
  it('are seen by those who may read the person, and by their own agents for ever', async () => {
    const [here, there] = [await start(), await start(away, stranger)];
    expect(idsOf(await list(reset.agent))).toContain(here.resetId);
    expect(idsOf(await list(reset.agent))).not.toContain(there.resetId);
    expect(idsOf(await list(auditor))).toEqual(expect.arrayContaining([here.resetId, there.resetId]));
    const path = `/bff/api/resets/${there.resetId}`;
    expect((await reset.bff.call(reset.agent, 'GET', path)).problem().code).toBe('not_found');
    expect((await reset.bff.call(reset.agent, 'GET', '/bff/api/resets/none')).problem().code).toBe('not_found');
    expect((await reset.read(there.resetId, auditor)).actions).toMatchObject({ run: false, takeOver: false });
    await reset.world.api('DELETE', `/management/v1/orgs/me/members/${stranger.userId}`, undefined, {
      'x-zitadel-orgid': away,
    });
    expect(idsOf(await list(stranger))).toEqual([there.resetId]);
    expect((await reset.read(there.resetId, stranger)).resetId).toBe(there.resetId);
  });

  it('are listed open ones first, and the others page by page', async () => {
    const place = await reset.world.makeOrganisation();
    const own = await reset.world.makeCaller('ORG_USER_MANAGER', place);
    const over: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      const shown = await start(place, own);
      await reset.act(shown, 'cancel', own);
      over.unshift(shown.resetId);
    }
    const open = await start(place, own);
    const last = await start(place, own);
    await reset.act(last, 'cancel', own);
    over.unshift(last.resetId);
    const first = await list(own, '?limit=4');
    expect(idsOf(first)).toEqual([open.resetId, ...over.slice(0, 4)]);
    const second = await list(own, `?limit=4&before=${first.next}`);
    expect([idsOf(second), second.next]).toEqual([over.slice(4), null]);
    expect(idsOf(await list(own, '?open=true'))).toEqual([open.resetId]);
    expect(idsOf(await list(own, '?open=false'))).toEqual(over);
    expect(idsOf(await list(own, `?userId=${open.user.userId}`))).toEqual([open.resetId]);
  });

  it('stand in the answer about the person, while they are open', async () => {
    const users = await serveRoutes(userRoutes(reset.parts));
    const shown = await start();
    const open = async () =>
      z.parse(User, (await users.call(auditor, 'GET', `/bff/api/users/${shown.user.userId}`)).body);
    expect(await open()).toMatchObject({
      openReset: { resetId: shown.resetId, agentName: shown.agent.name },
      actions: { startReset: { allowed: false, because: 'permission' } },
    });
    await reset.run(shown);
    expect((await open()).openReset).toBeNull();
    await users.close();
  });
});

describe('a step left as being tried', () => {
  it.each([
    ['and done meanwhile is seen to be so', true, 0],
    ['and not done is tried again', false, 1],
  ])('%s', async (_what, ended, calls) => {
    const userId = await reset.world.makePerson(reset.home);
    const sessionId = await reset.beginSession(userId);
    const planned = await reset.start(userId, { ...mails, remove: [], sessions: [sessionId], reenrolment: 'none' });
    const { store } = reset.kept;
    const ofCase = store.updateTable('reset_steps').where('reset_id', '=', planned.resetId).where('number', '=', 1);
    await ofCase.set({ state: 'tried', tried_at: Date.now() }).execute();
    if (ended) await reset.world.api('DELETE', `/v2/sessions/${sessionId}`);
    expect(stepLines(await reset.run(planned))[0]).toBe('endSession: done');
    expect(reset.proxy.seen.filter((line) => line.startsWith('DELETE '))).toHaveLength(calls);
  });
});

it('nothing that lets anybody in is in a row, an answer or a mail of ours', async () => {
  const userId = await reset.world.makePerson(reset.home);
  const { user } = await reset.world.api('GET', `/v2/users/${userId}`);
  const done = await reset.run(
    await reset.start(userId, { ...mails, remove: [], sessions: [], reenrolment: 'passkeyLink' }, reset.owner),
    reset.owner,
  );
  const again = await reset.run(await reset.start(userId, { ...mails, remove: [], sessions: [] }));
  const outbox = await fetch(`${reset.server.origin}/outbox.json?to=${user.human.email.email}`);
  const sent = (await outbox.json()) as { code?: string; link?: string }[];
  const secrets = sent.flatMap(({ code, link }) => [code, link]).filter((secret) => secret !== undefined);
  // A password's code, and a passkey's link.
  expect(secrets.length).toBeGreaterThanOrEqual(2);
  const { store } = reset.kept;
  const kept = await Promise.all(
    (['resets', 'reset_steps', 'notices', 'audit', 'idempotency'] as const).map((table) =>
      store.selectFrom(table).selectAll().execute(),
    ),
  );
  const text = JSON.stringify([done, again, kept]);
  for (const secret of secrets) expect(text).not.toContain(secret);
  expect(text).not.toContain(reset.agent.token);
});
