import { FactorChangePage } from '@latchkey/contract/factor-changes';
import { createHoldings, type Holdings, type Tally } from '@latchkey/contract/holdings';
import { type SecondFactorType, secondFactorTypes } from '@latchkey/contract/login-policy';
import { RelianceSlice } from '@latchkey/contract/policy-reach';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type EmbeddedZitadel, startEmbeddedZitadel } from '../testing/embedded-zitadel.ts';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import { type ServedRoutes, serveRoutes } from '../testing/serve-routes.ts';
import { openWorld, type World } from '../testing/zitadel-world.ts';
import { createZitadel } from '../zitadel/client.ts';
import { factorChangeTypes } from '../zitadel/to-factor-change.ts';
import { whatFollows } from './factor-changes-service.ts';
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
  await makeHistory();
});
afterAll(async () => {
  await bff?.close();
  await server?.stop();
  await kept?.close();
});

/** People whose factors and roles came and went in every way there is. */
async function makeHistory(): Promise<void> {
  const { api, makeOrganisation, makePerson } = world;
  const [stays, goes] = [await makeOrganisation(), await makeOrganisation()];
  const people = [];
  for (let made = 0; made < 7; made += 1) people.push(await makePerson(stays, made === 6 ? 'ORG_OWNER' : undefined));
  const [noEmail, back, noPhone, deleted, noMember] = people;
  await makePerson(goes, 'ORG_OWNER');
  await makePerson(goes);
  await api('DELETE', `/v2/users/${noEmail}/otp_email`);
  await api('DELETE', `/v2/users/${back}/otp_sms`);
  await api('POST', `/v2/users/${back}/otp_sms`);
  await api('DELETE', `/v2/users/${noPhone}/phone`);
  await api('DELETE', `/v2/users/${deleted}`);
  await api('POST', '/admin/v1/members', { userId: noMember, roles: ['IAM_OWNER_VIEWER'] });
  await api('DELETE', `/admin/v1/members/${noMember}`);
  await api('DELETE', '/management/v1/orgs/me', undefined, { 'x-zitadel-orgid': goes });
}

async function readPage(query: string): Promise<FactorChangePage> {
  const { status, body } = await bff.call(world.admin, 'GET', `/bff/api/login-policy/factor-changes?${query}`);
  expect(status).toBe(200);
  return z.parse(FactorChangePage, body);
}

async function readAll(limit: number): Promise<{ holdings: Holdings; end: string; pages: number }> {
  const holdings = createHoldings();
  for (let pages = 1, before = ''; ; pages += 1) {
    const { changes, rest } = await readPage(`limit=${limit}${before}`);
    holdings.add(changes);
    if (rest.is !== 'more') return { holdings, end: rest.is, pages };
    before = `&before=${rest.before}`;
  }
}

async function countPeople(type: SecondFactorType): Promise<Tally> {
  const sum = { holders: 0, onlyThis: 0, admins: 0 };
  for (let offset: number | null = 0; offset !== null; ) {
    const path: string = `/bff/api/login-policy/second-factors/${type}/reliance?offset=${offset}`;
    const slice: RelianceSlice = z.parse(RelianceSlice, (await bff.call(world.admin, 'GET', path)).body);
    for (const key of ['holders', 'onlyThis', 'admins'] as const) sum[key] += slice[key];
    offset = slice.next;
  }
  return sum;
}

describe('counting from events', () => {
  it.each([1_000, 60])('comes to the same as counting person by person, %i at a time', async (limit) => {
    const { holdings, end, pages } = await readAll(limit);
    expect([end, pages > 1]).toEqual(['whole', limit === 60]);
    for (const type of secondFactorTypes) {
      expect([type, holdings.tally(type)]).toEqual([type, await countPeople(type)]);
    }
  });

  it('says so when one moment holds more events than a page', async () => {
    expect(await readAll(1)).toMatchObject({ end: 'crowded' });
  });

  it('tells how far back events go, once', async () => {
    const first = await readPage('limit=10');
    expect(Date.parse(first.begins ?? '')).toBeLessThanOrEqual(Date.parse(first.reached ?? ''));
    expect(first.rest.is === 'more' && (await readPage(`before=${first.rest.before}`)).begins).toBeUndefined();
  });

  it('is refused to who may not read events', async () => {
    const manager = await world.makeCaller('IAM_USER_MANAGER', await world.makeOrganisation());
    const answer = await bff.call(manager, 'GET', '/bff/api/login-policy/factor-changes');
    expect(answer.problem()).toMatchObject({ code: 'not_permitted', permission: 'events.read' });
  });

  it('asks for no more types than ZITADEL takes', () => {
    expect(factorChangeTypes.length).toBeLessThanOrEqual(30);
  });
});

describe('what follows a page', () => {
  const second = 1_000_000_000n;
  const pageOf = (...seconds: number[]) => ({
    moments: seconds.map((at) => BigInt(Math.round(at * 1_000)) * (second / 1_000n)),
    isFull: true,
    hasBeginning: false,
  });

  it('overlaps by a second, and by an instant where that would be most of it', () => {
    expect(whatFollows(pageOf(90, 80, 70, 60), undefined)).toEqual({ is: 'more', before: String(61n * second) });
    expect(whatFollows(pageOf(90, 60.2, 60.1, 60), undefined)).toEqual({
      is: 'more',
      before: String(60n * second + 1_000n),
    });
  });

  it('gets past a moment that a page holds, and stops at one that it does not', () => {
    const instant = 60n * second + 1_000n;
    expect(whatFollows(pageOf(60, 60, 60), undefined)).toEqual({ is: 'more', before: String(instant) });
    expect(whatFollows(pageOf(60, 60, 60), instant)).toEqual({ is: 'crowded' });
    expect(whatFollows(pageOf(60, 60, 59), instant).is).toBe('more');
  });

  it('ends at the beginning, or where older events are not kept', () => {
    const last = { ...pageOf(60), isFull: false };
    expect(whatFollows({ ...last, hasBeginning: true }, undefined)).toEqual({ is: 'whole' });
    expect(whatFollows(last, undefined)).toEqual({ is: 'pruned' });
  });
});
