import { PolicyReach, RelianceSlice } from '@latchkey/contract/policy-reach';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type EmbeddedZitadel, startEmbeddedZitadel } from '../testing/embedded-zitadel.ts';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import { type ServedRoutes, serveRoutes } from '../testing/serve-routes.ts';
import { openWorld, type World } from '../testing/zitadel-world.ts';
import { createZitadel } from '../zitadel/client.ts';
import { loginPolicyRoutes } from './login-policy-routes.ts';

let server: EmbeddedZitadel;
let world: World;
let kept: TestAudit;
let bff: ServedRoutes;

beforeAll(async () => {
  server = await startEmbeddedZitadel();
  world = await openWorld(server);
  kept = await openTestAudit();
  bff = await serveRoutes(
    loginPolicyRoutes({ ...kept, policyApproval: false, zitadel: createZitadel({ apiUrl: server.origin }) }),
  );
});
afterAll(async () => {
  await bff?.close();
  await server?.stop();
  await kept?.close();
});

async function read(path: string): Promise<unknown> {
  return (await bff.call(world.admin, 'GET', `/bff/api/login-policy/${path}`)).body;
}

it.each(['totp', 'u2f', 'otpSms', 'otpEmail'])('counts who relies on %s, slice by slice', async (type) => {
  const sum = { counted: 0, holders: 0, onlyThis: 0, admins: 0 };
  let offset: number | null = 0;
  while (offset !== null) {
    const slice: RelianceSlice = z.parse(RelianceSlice, await read(`second-factors/${type}/reliance?offset=${offset}`));
    expect(slice.counted).toBeLessThanOrEqual(20);
    for (const key of ['counted', 'holders', 'onlyThis', 'admins'] as const) sum[key] += slice[key];
    offset = slice.next;
  }
  const holders = server.people.filter((person) => person.factors.some((factor) => factor.kind === type));
  expect(sum).toEqual({
    counted: server.people.length,
    holders: holders.length,
    onlyThis: holders.filter((person) => person.factors.every((factor) => factor.kind === type)).length,
    admins: holders.filter((person) => person.roles.length > 0).length,
  });
});

it('tells organisations with a policy of their own from those that inherit', async () => {
  const [own, inheriting] = [await world.makeOrganisation(), await world.makeOrganisation()];
  const { policy } = await world.api('GET', '/admin/v1/policies/login');
  await world.api('POST', '/management/v1/policies/login', policy, { 'x-zitadel-orgid': own });
  const { organisations, next } = z.parse(PolicyReach, await read('organisations'));
  const inherits = new Map(organisations.map((found) => [found.organisationId, found.inherits]));
  expect([inherits.get(own), inherits.get(inheriting), next]).toEqual([false, true, null]);
});

it('refuses a slice that begins nowhere', async () => {
  const answer = await bff.call(world.admin, 'GET', '/bff/api/login-policy/second-factors/totp/reliance?offset=-1');
  expect(answer.problem().code).toBe('invalid_input');
});
