import { LoginPolicy } from '@latchkey/contract/login-policy';
import { PolicyChange } from '@latchkey/contract/removal';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
let bff: ServedRoutes;
let organisationId: string;
const reason = { reason: 'phishing wave' };
let ahead = 0;

beforeAll(async () => {
  kept = await openTestAudit();
  server = await startEmbeddedZitadel();
  world = await openWorld(server);
  proxy = await startFaultProxy(server.origin);
  const zitadel = createZitadel({
    apiUrl: proxy.origin,
    apiHost: new URL(server.origin).host,
    totalTimeoutMs: 1_500,
  });
  bff = await serveRoutes(
    loginPolicyRoutes({ zitadel, ...kept, clock: () => Date.now() + ahead, policyApproval: false }),
  );
  organisationId = await world.makeOrganisation();
});
afterAll(async () => {
  await bff?.close();
  await proxy?.close();
  await server?.stop();
  await kept?.close();
});
beforeEach(() => proxy.calm());

async function change(method: 'DELETE' | 'PUT', type: string): Promise<string> {
  const answer = await bff.call(world.admin, method, path(type), reason);
  return z.parse(PolicyChange, answer.body).outcome;
}
async function read(as: SignedIn): Promise<LoginPolicy> {
  return z.parse(LoginPolicy, (await bff.call(as, 'GET', '/bff/api/login-policy')).body);
}
const path = (type: string) => `/bff/api/login-policy/second-factors/${type}`;

describe('the policy', () => {
  it('is read with its lifetimes in seconds', async () => {
    const policy = await read(world.admin);
    expect(policy).toMatchObject({
      forceMfa: false,
      passwordlessAllowed: true,
      multiFactors: ['u2fWithVerification'],
      lifetimes: {
        passwordCheck: 864_000,
        mfaInitSkip: 0,
        secondFactorCheck: 64_800,
        multiFactorCheck: 43_200,
      },
      actions: { changeSecondFactors: { allowed: true } },
    });
    expect(policy.secondFactors).toEqual(expect.arrayContaining(['totp', 'u2f', 'otpEmail', 'otpSms']));
  });

  it('is shown to an auditor, who may not change it', async () => {
    const auditor = await world.makeCaller('IAM_OWNER_VIEWER', organisationId);
    expect((await read(auditor)).actions.changeSecondFactors).toEqual({
      allowed: false,
      because: 'permission',
      permission: 'iam.policy.write',
      role: 'IAM_OWNER',
    });
    const answer = await bff.call(auditor, 'DELETE', path('totp'), reason);
    expect(answer.problem()).toMatchObject({
      code: 'not_permitted',
      permission: 'iam.policy.write',
      role: 'IAM_OWNER',
    });
  });

  it('is not shown to a manager of users', async () => {
    const manager = await world.makeCaller('IAM_USER_MANAGER', organisationId);
    const answer = await bff.call(manager, 'GET', '/bff/api/login-policy');
    expect(answer.problem()).toMatchObject({ code: 'not_permitted', permission: 'iam.policy.read' });
  });
});

describe('a second factor type', () => {
  it.each(['totp', 'u2f', 'otpEmail', 'otpSms'])('%s is removed, is gone, and comes back', async (type) => {
    expect(await change('DELETE', type)).toBe('removed');
    expect((await read(world.admin)).secondFactors).not.toContain(type);
    expect(await change('DELETE', type)).toBe('alreadyGone');
    expect(await change('PUT', type)).toBe('added');
    expect(await change('PUT', type)).toBe('alreadyThere');
    expect((await read(world.admin)).secondFactors).toContain(type);
  });

  it('recoveryCodes is one, although the published descriptors do not know it', async () => {
    expect(await change('PUT', 'recoveryCodes')).toBe('added');
    expect((await read(world.admin)).secondFactors).toContain('recoveryCodes');
    expect(await change('DELETE', 'recoveryCodes')).toBe('removed');
    expect((await read(world.admin)).secondFactors).not.toContain('recoveryCodes');
  });

  it('is asked of ZITADEL on its fifth endpoint', async () => {
    await change('DELETE', 'otpSms');
    expect(proxy.seen).toContain('DELETE /admin/v1/policies/login/second_factors/SECOND_FACTOR_TYPE_OTP_SMS');
    await change('PUT', 'otpSms');
  });

  it('that does not exist is refused', async () => {
    const answer = await bff.call(world.admin, 'DELETE', path('SECOND_FACTOR_TYPE_OTP'), reason);
    expect(answer.problem().code).toBe('invalid_input');
  });

  it('is not removed without a reason', async () => {
    const answer = await bff.call(world.admin, 'DELETE', path('totp'), {});
    expect(answer.problem()).toMatchObject({ code: 'invalid_input', fields: [{ path: 'reason' }] });
    expect((await read(world.admin)).secondFactors).toContain('totp');
  });

  it('whose removal lost its answer is read back', async () => {
    proxy.fail(/^DELETE /, { kind: 'resetAfter' });
    expect(await change('DELETE', 'otpEmail')).toBe('removed');
    proxy.fail(/^POST .*second_factors$/, { kind: 'hangAfter' });
    expect(await change('PUT', 'otpEmail')).toBe('added');
  });

  it('that was not changed is said to be so', async () => {
    proxy.fail(/^DELETE /, { kind: 'reset' });
    const removal = await bff.call(world.admin, 'DELETE', path('otpEmail'), reason);
    expect(removal.problem()).toMatchObject({ code: 'not_removed' });
    ahead += longestTurn;
    await change('DELETE', 'otpEmail');
    proxy.fail(/^POST .*second_factors$/, { kind: 'hang' });
    const addition = await bff.call(world.admin, 'PUT', path('otpEmail'), reason);
    expect(addition.problem()).toMatchObject({ code: 'upstream_timeout' });
    await change('PUT', 'otpEmail');
  });

  it('that is the last is not removed while a second factor is forced, unless the word is typed', async () => {
    const { policy } = await world.api('GET', '/admin/v1/policies/login');
    const types = (await read(world.admin)).secondFactors;
    await world.api('PUT', '/admin/v1/policies/login', { ...policy, forceMfa: true });
    for (const type of types.slice(1)) expect(await change('DELETE', type)).toBe('removed');
    const last = path(types[0] ?? '');
    const refused = await bff.call(world.admin, 'DELETE', last, reason);
    expect(refused.problem()).toMatchObject({ code: 'confirmation_required', status: 409 });
    expect((await read(world.admin)).secondFactors).toEqual(types.slice(0, 1));
    const confirmed = await bff.call(world.admin, 'DELETE', last, { ...reason, confirm: 'LOCK OUT' });
    expect(z.parse(PolicyChange, confirmed.body).outcome).toBe('removed');
    for (const type of types) await change('PUT', type);
    await world.api('PUT', '/admin/v1/policies/login', policy);
  });
});
