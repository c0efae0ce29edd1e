import { FactorRemoval } from '@latchkey/contract/removal';
import { FactorList } from '@latchkey/contract/user';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type EmbeddedZitadel, startEmbeddedZitadel } from '../testing/embedded-zitadel.ts';
import { type Fault, type FaultProxy, startFaultProxy, zitadelError } from '../testing/fault-proxy.ts';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import { type ServedRoutes, type SignedIn, serveRoutes } from '../testing/serve-routes.ts';
import { openWorld, type World } from '../testing/zitadel-world.ts';
import { createZitadel } from '../zitadel/client.ts';
import type { RemovalApi } from '../zitadel/factor-removal.ts';
import { factorRoutes } from './factor-routes.ts';

let server: EmbeddedZitadel;
let world: World;
let kept: TestAudit;
let proxy: FaultProxy;
let bff: Record<RemovalApi, ServedRoutes>;
let organisationId: string;
let agent: SignedIn;
const reason = { reason: 'lost phone' };

beforeAll(async () => {
  kept = await openTestAudit();
  server = await startEmbeddedZitadel();
  world = await openWorld(server);
  proxy = await startFaultProxy(server.origin);
  const serve = (removalApi: RemovalApi) => {
    const apiHost = new URL(server.origin).host;
    const zitadel = createZitadel({ apiUrl: proxy.origin, apiHost, totalTimeoutMs: 1_500 });
    return serveRoutes(factorRoutes({ zitadel, removalApi, ...kept, recoveryCodesAtSignIn: false }));
  };
  bff = { auto: await serve('auto'), v1: await serve('v1'), v2: await serve('v2') };
  organisationId = await world.makeOrganisation();
  agent = await world.makeCaller('ORG_USER_MANAGER', organisationId);
});
afterAll(async () => {
  await Promise.all(Object.values(bff ?? {}).map((routes) => routes.close()));
  await proxy?.close();
  await server?.stop();
  await kept?.close();
});
beforeEach(() => proxy.calm());

const path = (userId: string, factor = '') => `/bff/api/users/${userId}/factors${factor && `/${factor}`}`;

async function kindsOf(userId: string, as: SignedIn = agent): Promise<string[]> {
  const answer = await bff.auto.call(as, 'GET', path(userId));
  return z.parse(FactorList, answer.body).factors.map((factor) => factor.kind);
}
function outcomeOf(body: unknown): string {
  return z.parse(FactorRemoval, body).outcome;
}
const removalsSeen = () => proxy.seen.filter((line) => line.startsWith('DELETE '));

describe('the list', () => {
  it('has every factor of the demo people that ZITADEL has', async () => {
    const everyone = await world.makeCaller('IAM_USER_MANAGER', organisationId);
    for (const person of server.people.filter((candidate) => candidate.factors.length > 0)) {
      const kinds = await kindsOf(person.userId, everyone);
      expect(kinds.toSorted()).toEqual(person.factors.map((factor) => factor.kind).toSorted());
    }
  });

  it('says when a factor was added, to whom may know', async () => {
    const answer = await bff.auto.call(agent, 'GET', path(await world.makePerson(organisationId)));
    const { factors, addedVisible, lastUsedVisible } = z.parse(FactorList, answer.body);
    expect([addedVisible, lastUsedVisible]).toEqual([true, true]);
    expect(factors.map(({ addedAt, lastUsedAt }) => [typeof addedAt, lastUsedAt])).toEqual([
      ['string', null],
      ['string', null],
    ]);
    const viewer = await world.makeCaller('ORG_OWNER_VIEWER', organisationId);
    const seen = await bff.auto.call(viewer, 'GET', path(await world.makePerson(organisationId)));
    expect(z.parse(FactorList, seen.body).lastUsedVisible).toBe(false);
  });

  it('of an unknown person is not found, not empty', async () => {
    const answer = await bff.auto.call(agent, 'GET', path('123456789012345678'));
    expect(answer.problem()).toMatchObject({ code: 'not_found', status: 404 });
  });

  it('of somebody in another organisation is not permitted, and says what is missing', async () => {
    const stranger = await world.makeCaller('ORG_USER_MANAGER', await world.makeOrganisation());
    const answer = await bff.auto.call(stranger, 'GET', path(await world.makePerson(organisationId)));
    expect(answer.problem()).toMatchObject({ code: 'not_permitted', permission: 'user.read' });
  });
});

describe.each(['v1', 'v2'] as const)('a removal by %s', (api) => {
  const route = {
    v1: (userId: string, kind: string) => `DELETE /management/v1/users/${userId}/auth_factors/${kind}`,
    v2: (userId: string, kind: string) => `DELETE /v2/users/${userId}/${kind}`,
  }[api];

  it.each([
    ['otpEmail', 'otp_email'],
    ['otpSms', 'otp_sms'],
  ])('takes %s away, and only that; again it is gone already', async (kind, theirs) => {
    const userId = await world.makePerson(organisationId);
    const first = await bff[api].call(agent, 'DELETE', path(userId, kind), reason);
    expect([first.status, outcomeOf(first.body)]).toEqual([200, 'removed']);
    expect(removalsSeen()).toEqual([route(userId, theirs)]);
    expect(await kindsOf(userId)).toEqual(['otpSms', 'otpEmail'].filter((other) => other !== kind));
    const second = await bff[api].call(agent, 'DELETE', path(userId, kind), reason);
    expect(outcomeOf(second.body)).toBe('alreadyGone');
  });

  it('takes each kind of the demo people away', async () => {
    const everyone = await world.makeCaller('IAM_OWNER', organisationId);
    const kinds = new Set<string>();
    for (const person of server.people.filter((candidate) => candidate.roles.length === 0)) {
      const before = await kindsOf(person.userId, everyone);
      const factor = person.factors.find(({ kind }) => !kinds.has(kind) && before.includes(kind));
      if (!factor) continue;
      kinds.add(factor.kind);
      const ref = factor.id === undefined ? factor.kind : `${factor.kind}/${factor.id}`;
      const answer = await bff[api].call(everyone, 'DELETE', path(person.userId, ref), reason);
      expect(outcomeOf(answer.body), ref).toBe('removed');
      expect((await kindsOf(person.userId, everyone)).length, ref).toBe(before.length - 1);
    }
    expect([...kinds].toSorted()).toEqual(['otpEmail', 'otpSms', 'passkey', 'totp', 'u2f']);
  });

  it('is refused without the permission, and says which', async () => {
    const viewer = await world.makeCaller('ORG_OWNER_VIEWER', organisationId);
    const answer = await bff[api].call(
      viewer,
      'DELETE',
      path(await world.makePerson(organisationId), 'otpSms'),
      reason,
    );
    expect(answer.problem()).toMatchObject({
      code: 'not_permitted',
      permission: 'user.write',
      role: 'ORG_USER_MANAGER',
      organisationId,
    });
  });
});

describe('Latchkey itself refuses', () => {
  it.each([
    ['without a reason', {}],
    ['with an empty reason', { reason: '  ' }],
    ['with a reason that is not text', { reason: 1 }],
  ])('a removal %s', async (_what, body) => {
    const userId = await world.makePerson(organisationId);
    const answer = await bff.auto.call(agent, 'DELETE', path(userId, 'otpSms'), body);
    expect(answer.problem()).toMatchObject({ code: 'invalid_input', fields: [{ path: 'reason' }] });
    expect(removalsSeen()).toEqual([]);
  });

  it.each(['sms', 'u2f', 'u2f/..%2fx', 'passkey/%2e%2e', 'otpSms%2f..', 'otpSms/abc'])(
    'a factor called %s',
    async (ref) => {
      const userId = await world.makePerson(organisationId);
      const answer = await bff.auto.call(agent, 'DELETE', path(userId, ref), reason);
      expect([400, 404]).toContain(answer.status);
      expect(removalsSeen()).toEqual([]);
    },
  );

  it('to remove a factor of the person who asks', async () => {
    const answer = await bff.auto.call(agent, 'DELETE', path(agent.userId, 'otpSms'), reason);
    expect(answer.problem().code).toBe('self_refused');
    expect(removalsSeen()).toEqual([]);
  });

  it('what it could not write down beforehand', async () => {
    const broken = await openTestAudit();
    const zitadel = createZitadel({ apiUrl: proxy.origin, apiHost: new URL(server.origin).host });
    const routes = await serveRoutes(
      factorRoutes({ ...broken, zitadel, removalApi: 'v2', recoveryCodesAtSignIn: false }),
    );
    const userId = await world.makePerson(organisationId);
    await broken.close();
    const answer = await routes.call(agent, 'DELETE', path(userId, 'otpSms'), reason);
    expect(answer.problem()).toMatchObject({ code: 'internal', status: 500 });
    expect(removalsSeen()).toEqual([]);
    await routes.close();
  });

  it('to let a user manager act on an owner, which ZITADEL would let pass', async () => {
    const owner = await world.makePerson(organisationId, 'ORG_OWNER');
    const answer = await bff.auto.call(agent, 'DELETE', path(owner, 'otpSms'), reason);
    expect(answer.problem().code).toBe('rank_refused');
    expect(removalsSeen()).toEqual([]);
    expect(await kindsOf(owner)).toContain('otpSms');
  });

  it('where the roles of the person cannot be read', async () => {
    const userId = await world.makePerson(organisationId);
    proxy.fail(/memberships\/_search/, zitadelError(403, 7, 'No matching permissions found', 'AUTH-5mWD2'));
    const answer = await bff.auto.call(agent, 'DELETE', path(userId, 'otpSms'), reason);
    expect(answer.problem().code).toBe('rank_refused');
    expect(removalsSeen()).toEqual([]);
  });
});

describe('when the answer to a removal is lost', () => {
  const lost: readonly [string, Fault][] = [
    ['no answer comes', { kind: 'hangAfter' }],
    ['the connection breaks', { kind: 'resetAfter' }],
    ['a proxy answers 502', { kind: 'answerAfter', status: 502, type: 'text/html', body: '<h1>Bad Gateway</h1>' }],
    ['a proxy answers 503', { kind: 'answerAfter', status: 503, body: '{"code":14,"message":"unavailable"}' }],
    ['an answer is no JSON', { kind: 'answerAfter', status: 200, type: 'text/html', body: 'ok' }],
  ];
  it.each(lost)('%s: it is read back, once removed, never tried twice', async (_what, fault) => {
    const userId = await world.makePerson(organisationId);
    proxy.fail(/^DELETE /, fault);
    const answer = await bff.auto.call(agent, 'DELETE', path(userId, 'otpEmail'), reason);
    expect(outcomeOf(answer.body)).toBe('removed');
    expect(removalsSeen()).toHaveLength(1);
  });

  const notDone: readonly [string, Fault][] = [
    ['no answer comes', { kind: 'hang' }],
    ['the connection breaks', { kind: 'reset' }],
    ['a redirect comes', { kind: 'redirect' }],
    ['far too much comes', { kind: 'huge' }],
    ['a fault comes', zitadelError(500, 13, 'db connection error', '')],
  ];
  it.each(notDone)('%s and nothing was done: not removed, and not tried twice', async (_what, fault) => {
    const userId = await world.makePerson(organisationId);
    proxy.fail(/^DELETE /, fault);
    const answer = await bff.auto.call(agent, 'DELETE', path(userId, 'otpEmail'), reason);
    expect(answer.problem()).toMatchObject({ code: 'not_removed', status: 504 });
    expect(removalsSeen()).toHaveLength(1);
    expect(await kindsOf(userId)).toContain('otpEmail');
  });

  it('and nothing can be read either: the outcome is unknown', async () => {
    const userId = await world.makePerson(organisationId);
    proxy.fail(/^DELETE /, { kind: 'resetAfter' });
    // The list is read once before the removal.
    const refusal = zitadelError(403, 7, 'No matching permissions found', 'AUTH-AWfge');
    proxy.fail(/_factors\/_search/, refusal, { after: 1, times: 9 });
    const answer = await bff.auto.call(agent, 'DELETE', path(userId, 'otpEmail'), reason);
    expect(answer.problem()).toMatchObject({ code: 'outcome_unknown', status: 504 });
  });
});

describe('what ZITADEL refuses a removal with', () => {
  const refusals: readonly [Fault, string][] = [
    [zitadelError(403, 7, 'mfa required', 'AUTHZ-Kl3p0'), 'step_up_required'],
    [zitadelError(401, 16, 'Errors.Token.Invalid', 'AUTH-7fs1e'), 'session_expired'],
    [zitadelError(404, 5, 'membership not found', 'AUTHZ-cdgFk'), 'not_permitted'],
    [zitadelError(409, 10, 'aborted', 'X'), 'conflict'],
    [zitadelError(429, 8, 'Quota.Access.Exhausted', 'QUOTA-vjAy8'), 'rate_limited'],
    [zitadelError(400, 9, 'User is locked', 'COMMAND-d9u8q'), 'precondition_failed'],
  ];
  it.each(refusals)('%o is %s', async (fault, code) => {
    proxy.fail(/^DELETE /, fault, { times: 2 });
    const answer = await bff.auto.call(
      agent,
      'DELETE',
      path(await world.makePerson(organisationId), 'otpEmail'),
      reason,
    );
    expect(answer.problem().code).toBe(code);
    expect(JSON.stringify(answer.body)).not.toMatch(/Errors\.|AUTHZ-|Quota/);
  });
});

describe('an older ZITADEL without v2', () => {
  const gone: readonly Fault[] = [
    { kind: 'answer', status: 404, body: '{"code":5,"message":"Not Found"}' },
    { kind: 'answer', status: 501, body: '{"code":12,"message":"Method Not Allowed"}' },
    { kind: 'answer', status: 404, type: 'text/plain', body: '404 page not found' },
  ];
  it.each(gone)('is asked by v1 when it is left to Latchkey: %o', async (fault) => {
    const userId = await world.makePerson(organisationId);
    proxy.fail(/^DELETE \/v2\//, fault);
    const answer = await bff.auto.call(agent, 'DELETE', path(userId, 'otpSms'), reason);
    expect(outcomeOf(answer.body)).toBe('removed');
    expect(removalsSeen().map((line) => line.split('/')[1])).toEqual(['v2', 'management']);
  });
  it('is asked by v2 alone where the operator says so', async () => {
    const userId = await world.makePerson(organisationId);
    proxy.fail(/^DELETE \/v2\//, gone[0] ?? { kind: 'reset' });
    const answer = await bff.v2.call(agent, 'DELETE', path(userId, 'otpSms'), reason);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(removalsSeen()).toHaveLength(1);
  });
});
