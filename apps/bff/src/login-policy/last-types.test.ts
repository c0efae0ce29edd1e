import { LoginPolicy, type SecondFactorType } from '@latchkey/contract/login-policy';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { longestTurn } from '../store/take-turn.ts';
import { type EmbeddedZitadel, startEmbeddedZitadel } from '../testing/embedded-zitadel.ts';
import { type FaultProxy, startFaultProxy } from '../testing/fault-proxy.ts';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import { type ServedRoutes, type SignedIn, serveRoutes } from '../testing/serve-routes.ts';
import { openWorld, type World } from '../testing/zitadel-world.ts';
import { createZitadel } from '../zitadel/client.ts';
import { loginPolicyRoutes } from './login-policy-routes.ts';

let server: EmbeddedZitadel;
let world: World;
let kept: TestAudit;
let proxy: FaultProxy;
/** As in two processes: they share no memory. */
let bff: readonly ServedRoutes[] = [];
let owners: readonly SignedIn[];
let ahead = 0;

beforeAll(async () => {
  kept = await openTestAudit();
  server = await startEmbeddedZitadel('none');
  world = await openWorld(server);
  proxy = await startFaultProxy(server.origin);
  const apiHost = new URL(server.origin).host;
  const serve = () => {
    const zitadel = createZitadel({ apiUrl: proxy.origin, apiHost, totalTimeoutMs: 1_500 });
    const clock = () => Date.now() + ahead;
    return serveRoutes(loginPolicyRoutes({ ...kept, zitadel, clock, policyApproval: false }));
  };
  bff = [await serve(), await serve()];
  const { policy } = await world.api('GET', '/admin/v1/policies/login');
  await world.api('PUT', '/admin/v1/policies/login', { ...policy, forceMfa: true });
  const organisationId = await world.makeOrganisation();
  owners = [await world.makeCaller('IAM_OWNER', organisationId), await world.makeCaller('IAM_OWNER', organisationId)];
});
afterAll(async () => {
  await Promise.all(bff.map((routes) => routes.close()));
  await proxy?.close();
  await server?.stop();
  await kept?.close();
});

/** A second factor is forced, and there are two types left. */
beforeEach(async () => {
  proxy.calm();
  ahead += longestTurn;
  for (const type of await types()) {
    if (type !== 'totp' && type !== 'u2f') await remove(0, type);
  }
  for (const type of ['totp', 'u2f']) await ask(0, 'PUT', type);
  expect(await types()).toEqual(['totp', 'u2f']);
  proxy.calm();
});

async function ask(process: 0 | 1, method: string, type: string): Promise<string> {
  const [routes, owner] = [bff[process], owners[process]];
  if (!routes || !owner) throw new Error('nobody to ask');
  const path = `/bff/api/login-policy/second-factors/${type}`;
  const answer = await routes.call(owner, method, path, { reason: 'phishing wave' });
  return answer.status === 200 ? String(Reflect.get(Object(answer.body), 'outcome')) : answer.problem().code;
}
const remove = (process: 0 | 1, type: string) => ask(process, 'DELETE', type);
async function types(): Promise<readonly SecondFactorType[]> {
  const answer = await bff[0]?.call(world.admin, 'GET', '/bff/api/login-policy');
  return z.parse(LoginPolicy, answer?.body).secondFactors;
}
const removalsSeen = () => proxy.seen.filter((line) => line.startsWith('DELETE ')).length;

it('two who remove the last two at the same time do not lock everybody out', async () => {
  proxy.fail(/^DELETE /, { kind: 'hangBefore' });
  const first = remove(0, 'totp');
  await expect.poll(removalsSeen, { timeout: 10_000 }).toBe(1);
  expect(await remove(1, 'u2f')).toBe('conflict');
  await proxy.arrive();
  expect(await first).toBe('removed');
  expect(await remove(1, 'u2f')).toBe('confirmation_required');
  expect(await types()).toEqual(['u2f']);
});

it('nor do they when ZITADEL removes the first after it was given up', async () => {
  proxy.fail(/^DELETE /, { kind: 'hangBefore' });
  expect(await remove(0, 'totp')).toBe('not_removed');
  expect(await remove(1, 'u2f')).toBe('conflict');
  await proxy.arrive();
  ahead += longestTurn;
  expect(await remove(1, 'u2f')).toBe('confirmation_required');
  expect(await types()).toEqual(['u2f']);
});

it('whoever was refused may ask again at once', async () => {
  expect(await remove(0, 'totp')).toBe('removed');
  expect(await remove(0, 'u2f')).toBe('confirmation_required');
  expect(await ask(1, 'PUT', 'totp')).toBe('added');
  expect(await remove(0, 'u2f')).toBe('removed');
});
