import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedZitadel, startEmbeddedZitadel } from '../testing/embedded-zitadel.ts';
import { type FaultProxy, startFaultProxy } from '../testing/fault-proxy.ts';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import { type ServedRoutes, type SignedIn, serveRoutes } from '../testing/serve-routes.ts';
import { openWorld, type World } from '../testing/zitadel-world.ts';
import { createZitadel } from '../zitadel/client.ts';
import { factorRoutes } from './factor-routes.ts';
import { isLastReady } from './last-factor.ts';

let server: EmbeddedZitadel;
let world: World;
let kept: TestAudit;
let proxy: FaultProxy;
let bff: ServedRoutes;
let owner: SignedIn;
let organisationId: string;
beforeAll(async () => {
  kept = await openTestAudit();
  server = await startEmbeddedZitadel();
  world = await openWorld(server);
  proxy = await startFaultProxy(server.origin);
  const apiHost = new URL(server.origin).host;
  const zitadel = createZitadel({ apiUrl: proxy.origin, apiHost, totalTimeoutMs: 1_500 });
  bff = await serveRoutes(factorRoutes({ ...kept, zitadel, removalApi: 'v2' }));
  organisationId = await world.makeOrganisation();
  owner = await world.makeCaller('IAM_OWNER', organisationId);
});
afterAll(async () => {
  await bff?.close();
  await proxy?.close();
  await server?.stop();
  await kept?.close();
});

async function remove(userId: string, kind: string): Promise<string> {
  const answer = await bff.call(owner, 'DELETE', `/bff/api/users/${userId}/factors/${kind}`, { reason: 'lost phone' });
  return answer.status === 200 ? String(Reflect.get(Object(answer.body), 'outcome')) : answer.problem().code;
}
async function kindsOf(userId: string): Promise<string[]> {
  const { body } = await bff.call(owner, 'GET', `/bff/api/users/${userId}/factors`);
  return (body as { factors: { kind: string }[] }).factors.map(({ kind }) => kind);
}

describe('the last factor', () => {
  it.each(['IAM_OWNER', 'IAM_USER_MANAGER', 'ORG_USER_MANAGER', 'ORG_OWNER_VIEWER'])(
    'of somebody with %s does not go without a second person',
    async (role) => {
      const admin = await world.makePerson(organisationId, role);
      expect(await remove(admin, 'otpSms')).toBe('removed');
      expect(await remove(admin, 'otpEmail')).toBe('approval_required');
      expect(await kindsOf(admin)).toEqual(['otpEmail']);
      // Nothing was announced of what was never to be tried.
      expect((await kept.rows()).filter((row) => row.user_id === admin)).toHaveLength(2);
    },
  );

  it('of anybody else goes', async () => {
    const person = await world.makePerson(organisationId);
    expect([await remove(person, 'otpSms'), await remove(person, 'otpEmail')]).toEqual(['removed', 'removed']);
  });

  it('is not taken by two removals at the same time either', async () => {
    const admin = await world.makePerson(organisationId, 'ORG_OWNER');
    proxy.fail(/^DELETE /, { kind: 'hang' });
    const first = remove(admin, 'otpSms');
    await expect.poll(() => proxy.seen.some((line) => line.startsWith('DELETE ')), { timeout: 10_000 }).toBe(true);
    expect(await remove(admin, 'otpEmail')).toBe('conflict');
    expect(await first).toBe('not_removed');
    // Whoever was refused may ask again: the turn is over.
    expect(await remove(admin, 'otpEmail')).toBe('removed');
    expect(await remove(admin, 'otpSms')).toBe('approval_required');
    expect(await kindsOf(admin)).toEqual(['otpSms']);
  });

  it('is the last that is asked for at sign-in: what was never finished counts for nothing and may go', async () => {
    const ready = { kind: 'totp', state: 'ready' } as const;
    const begun = { kind: 'u2f', id: '1', name: '', state: 'notReady' } as const;
    expect(isLastReady([ready, begun], ready)).toBe(true);
    expect(isLastReady([ready, begun], begun)).toBe(false);
    expect(isLastReady([ready, { ...begun, state: 'ready' }], ready)).toBe(false);
    expect(isLastReady([begun], begun)).toBe(false);
    expect(isLastReady([ready], { kind: 'otpSms' })).toBe(false);
  });
});
