import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { longestTurn } from '../store/take-turn.ts';
import { type EmbeddedZitadel, startEmbeddedZitadel } from '../testing/embedded-zitadel.ts';
import { type FaultProxy, startFaultProxy, zitadelError } from '../testing/fault-proxy.ts';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import { type ServedRoutes, type SignedIn, serveRoutes } from '../testing/serve-routes.ts';
import { openWorld, type World } from '../testing/zitadel-world.ts';
import { createZitadel } from '../zitadel/client.ts';
import { factorRoutes } from './factor-routes.ts';
import { type AskedAtSignIn, isLastAskedFor } from './last-factor.ts';

let server: EmbeddedZitadel;
let world: World;
let kept: TestAudit;
let proxy: FaultProxy;
let bff: ServedRoutes;
let owner: SignedIn;
let organisationId: string;
let ahead = 0;
beforeAll(async () => {
  kept = await openTestAudit();
  server = await startEmbeddedZitadel();
  world = await openWorld(server);
  proxy = await startFaultProxy(server.origin);
  const apiHost = new URL(server.origin).host;
  const zitadel = createZitadel({ apiUrl: proxy.origin, apiHost, totalTimeoutMs: 1_500 });
  const options = {
    ...kept,
    clock: () => Date.now() + ahead,
    zitadel,
    removalApi: 'v2',
    recoveryCodesAtSignIn: false,
  } as const;
  bff = await serveRoutes(factorRoutes(options));
  organisationId = await world.makeOrganisation();
  owner = await world.makeCaller('IAM_OWNER', organisationId);
});
afterAll(async () => {
  await bff?.close();
  await proxy?.close();
  await server?.stop();
  await kept?.close();
});

async function remove(userId: string, kind: string, as = owner): Promise<string> {
  const answer = await bff.call(as, 'DELETE', `/bff/api/users/${userId}/factors/${kind}`, { reason: 'lost phone' });
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

  it('of somebody who is an admin in another organisation only does not go either', async () => {
    const admin = await world.makePerson(organisationId);
    const there = { 'x-zitadel-orgid': await world.makeOrganisation() };
    await world.api('POST', '/management/v1/orgs/me/members', { userId: admin, roles: ['ORG_OWNER'] }, there);
    expect(await remove(admin, 'otpSms', await world.makeCaller('ORG_OWNER', organisationId))).toBe('rank_refused');
    expect(await remove(admin, 'otpSms')).toBe('removed');
    expect(await remove(admin, 'otpEmail')).toBe('approval_required');
  });
});

describe('two removals from one admin', () => {
  beforeEach(() => proxy.calm());
  const removalSeen = () => proxy.seen.some((line) => line.startsWith('DELETE '));

  it('at the same time do not take both', async () => {
    const admin = await world.makePerson(organisationId, 'ORG_OWNER');
    proxy.fail(/^DELETE /, { kind: 'hangAfter' });
    const first = remove(admin, 'otpSms');
    await expect.poll(removalSeen, { timeout: 10_000 }).toBe(true);
    expect(await remove(admin, 'otpEmail')).toBe('conflict');
    expect(await first).toBe('removed');
    // It was seen to be gone, so the turn is over.
    expect(await remove(admin, 'otpEmail')).toBe('approval_required');
    expect(await kindsOf(admin)).toEqual(['otpEmail']);
  });

  it('do not take both when ZITADEL executes the first after it was given up', async () => {
    const admin = await world.makePerson(organisationId, 'ORG_OWNER');
    proxy.fail(/^DELETE /, { kind: 'hangBefore' });
    expect(await remove(admin, 'otpSms')).toBe('not_removed');
    expect(await remove(admin, 'otpEmail')).toBe('conflict');
    await proxy.arrive();
    expect(await kindsOf(admin)).toEqual(['otpEmail']);
    ahead += longestTurn;
    expect(await remove(admin, 'otpEmail')).toBe('approval_required');
  });

  it('need no waiting when ZITADEL refused the first', async () => {
    const admin = await world.makePerson(organisationId, 'ORG_OWNER');
    proxy.fail(/^DELETE /, zitadelError(403, 7, 'No matching permissions found', 'AUTH-AWfge'));
    expect(await remove(admin, 'otpSms')).toBe('not_permitted');
    expect(await remove(admin, 'otpSms')).toBe('removed');
  });
});

describe('what is asked for at sign-in', () => {
  it('is what the policy of their organisation allows', async () => {
    const home = await world.makeOrganisation();
    const there = { 'x-zitadel-orgid': home };
    const { policy } = await world.api('GET', '/admin/v1/policies/login');
    await world.api('POST', '/management/v1/policies/login', policy, there);
    const disallowed = '/management/v1/policies/login/second_factors/SECOND_FACTOR_TYPE_OTP_SMS';
    await world.api('DELETE', disallowed, undefined, there);
    const admin = await world.makePerson(home, 'ORG_OWNER');
    expect(await remove(admin, 'otpEmail')).toBe('approval_required');
    expect(await remove(admin, 'otpSms')).toBe('removed');
  });

  it('is not certain of any factor when the policy cannot be read', async () => {
    const admin = await world.makePerson(organisationId, 'ORG_OWNER');
    const refusal = zitadelError(403, 7, 'No matching permissions found', 'AUTH-5mWD2');
    proxy.fail(/^GET \/management\/v1\/policies\/login/, refusal);
    expect(await remove(admin, 'otpSms')).toBe('approval_required');
    expect(await remove(admin, 'otpSms')).toBe('removed');
  });

  const totp = { kind: 'totp', state: 'ready' } as const;
  const sms = { kind: 'otpSms', state: 'ready' } as const;
  const codes = { kind: 'recoveryCodes', state: 'ready' } as const;
  const key = { kind: 'u2f', id: '1', name: '', state: 'ready' } as const;
  const passkey = { kind: 'passkey', id: '2', name: '', state: 'ready' } as const;
  const rules = {
    secondFactors: ['totp', 'u2f', 'recoveryCodes'],
    forceMfa: false,
    passwordlessAllowed: true,
    mfaInitSkip: 0,
  };
  const asked = (more: object = {}, recoveryCodesAtSignIn = false) =>
    ({ rules: { ...rules, ...more }, recoveryCodesAtSignIn }) as AskedAtSignIn;

  it('is nothing that was never finished', () => {
    const begun = { ...key, state: 'notReady' } as const;
    expect(isLastAskedFor([totp, begun], totp, asked())).toBe(true);
    expect(isLastAskedFor([totp, begun], begun, asked())).toBe(false);
    expect(isLastAskedFor([totp, key], totp, asked())).toBe(false);
    expect(isLastAskedFor([begun], begun, asked())).toBe(false);
    expect(isLastAskedFor([totp], sms, asked())).toBe(false);
  });

  it('is no type that the policy does not allow', () => {
    expect(isLastAskedFor([totp, sms], totp, asked())).toBe(true);
    expect(isLastAskedFor([totp, sms], sms, asked())).toBe(false);
    expect(isLastAskedFor([totp, key], totp, asked({ secondFactors: ['totp'] }))).toBe(true);
  });

  it('is a passkey where signing in without a password is allowed', () => {
    expect(isLastAskedFor([totp, passkey], totp, asked())).toBe(false);
    expect(isLastAskedFor([totp, passkey], totp, asked({ passwordlessAllowed: false }))).toBe(true);
    expect(isLastAskedFor([totp, passkey], passkey, asked({ passwordlessAllowed: false }))).toBe(false);
  });

  it('are recovery codes where the sign-in pages and the policy take them', () => {
    expect(isLastAskedFor([totp, codes], totp, asked({}, true))).toBe(false);
    expect(isLastAskedFor([totp, codes], totp, asked({}, false))).toBe(true);
    expect(isLastAskedFor([totp, codes], totp, asked({ secondFactors: ['totp'] }, true))).toBe(true);
  });

  it('is not known without the rules: then each factor that is ready counts as the last', () => {
    const unknown = { rules: null, recoveryCodesAtSignIn: true };
    expect(isLastAskedFor([totp, key], totp, unknown)).toBe(true);
    expect(isLastAskedFor([totp, { ...key, state: 'notReady' }], key, unknown)).toBe(false);
    expect(isLastAskedFor([totp], sms, unknown)).toBe(false);
  });
});
