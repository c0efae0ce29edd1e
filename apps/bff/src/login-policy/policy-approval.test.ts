import { Approval } from '@latchkey/contract/approval';
import { LoginPolicy, type SecondFactorType } from '@latchkey/contract/login-policy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type ApprovalWorld, approvalPath, openApprovalWorld } from '../testing/approval-world.ts';
import { type Answer, type ServedRoutes, type SignedIn, serveRoutes } from '../testing/serve-routes.ts';
import { createZitadel } from '../zitadel/client.ts';
import { loginPolicyRoutes } from './login-policy-routes.ts';

let on: ApprovalWorld;
let bff: ServedRoutes;
beforeAll(async () => {
  on = await openApprovalWorld();
  const zitadel = createZitadel({ apiUrl: on.server.origin });
  bff = await serveRoutes(loginPolicyRoutes({ ...on.kept, zitadel, policyApproval: true }));
});
afterAll(async () => {
  await bff?.close();
  await on?.stop();
});

type Act = 'removeSecondFactor' | 'addSecondFactor';

async function ask(as: SignedIn, act: Act, type: SecondFactorType, confirm?: string): Promise<Answer> {
  const body = { kind: 'policy', act, type, reason: 'phishing wave', ...(confirm && { confirm }) };
  return await on.bff[0].call(as, 'POST', approvalPath(), body);
}
/** Asked by one owner, approved by the other. @returns the approval's id. */
async function askAndApprove(act: Act, type: SecondFactorType, confirm?: string): Promise<string> {
  const { approvalId, planHash } = z.parse(Approval, (await ask(on.owner, act, type, confirm)).body);
  const approved = await on.approve(on.other, { approval_id: approvalId, plan_hash: planHash });
  expect(approved.status).toBe(200);
  return approvalId;
}
async function change(as: SignedIn, method: 'DELETE' | 'PUT', type: string, more: object = {}): Promise<string> {
  const path = `/bff/api/login-policy/second-factors/${type}`;
  const answer = await bff.call(as, method, path, { reason: 'phishing wave', ...more });
  return answer.status === 200 ? String(Reflect.get(Object(answer.body), 'outcome')) : answer.problem().code;
}
async function types(): Promise<readonly string[]> {
  const policy = z.parse(LoginPolicy, (await bff.call(on.owner, 'GET', '/bff/api/login-policy')).body);
  expect(policy.approvalRequired).toBe(true);
  return policy.secondFactors;
}

it('a change needs the approval of somebody else, and each approval is for one change', async () => {
  expect(await change(on.owner, 'DELETE', 'otpSms')).toBe('approval_required');
  expect(await change(on.owner, 'DELETE', 'otpSms', { approvalId: 'made-up' })).toBe('approval_required');
  const approvalId = await askAndApprove('removeSecondFactor', 'otpSms');
  expect(await change(on.owner, 'DELETE', 'otpEmail', { approvalId })).toBe('approval_required');
  expect(await change(on.owner, 'PUT', 'otpSms', { approvalId })).toBe('approval_required');
  expect(await types()).toEqual(expect.arrayContaining(['otpSms', 'otpEmail']));
  expect(await change(on.owner, 'DELETE', 'otpSms', { approvalId })).toBe('removed');
  expect(await types()).not.toContain('otpSms');
  // Undoing it is a change, too.
  expect(await change(on.owner, 'PUT', 'otpSms', { approvalId })).toBe('approval_required');
  const back = await askAndApprove('addSecondFactor', 'otpSms');
  expect(await change(on.owner, 'PUT', 'otpSms', { approvalId: back })).toBe('added');
  expect(await change(on.owner, 'DELETE', 'otpSms', { approvalId })).toBe('approval_required');
});

it('an approval is for who asked: not for who gave it, nor for a third', async () => {
  const approvalId = await askAndApprove('removeSecondFactor', 'otpEmail');
  const third = await on.world.makeCaller('IAM_OWNER', on.home);
  expect(await change(on.other, 'DELETE', 'otpEmail', { approvalId })).toBe('approval_required');
  expect(await change(third, 'DELETE', 'otpEmail', { approvalId })).toBe('approval_required');
  const waiting = z.parse(Approval, (await ask(on.other, 'removeSecondFactor', 'otpEmail')).body);
  expect(await change(on.other, 'DELETE', 'otpEmail', { approvalId: waiting.approvalId })).toBe('approval_required');
  const own = { approval_id: waiting.approvalId, plan_hash: waiting.planHash };
  expect((await on.approve(on.other, own)).problem().code).toBe('self_refused');
  expect(await types()).toContain('otpEmail');
});

it('two changes at the same time take one approval once', async () => {
  await change(on.owner, 'DELETE', 'u2f', { approvalId: await askAndApprove('removeSecondFactor', 'u2f') });
  const approvalId = await askAndApprove('addSecondFactor', 'u2f');
  const outcomes = await Promise.all([1, 2].map(() => change(on.owner, 'PUT', 'u2f', { approvalId })));
  expect(outcomes.toSorted()).toEqual(['added', 'approval_required']);
});

it('is asked for and given by who may write the policy only', async () => {
  expect((await ask(on.agent, 'removeSecondFactor', 'u2f')).problem()).toMatchObject({
    code: 'not_permitted',
    permission: 'iam.policy.write',
  });
  const { approvalId, planHash } = z.parse(Approval, (await ask(on.owner, 'removeSecondFactor', 'u2f')).body);
  const answer = await on.approve(on.agent, { approval_id: approvalId, plan_hash: planHash });
  expect(answer.problem()).toMatchObject({ code: 'not_permitted', permission: 'iam.policy.write' });
});

it('who approves is told that it locks everybody out, and an approval of less is none for that', async () => {
  const harmless = await askAndApprove('removeSecondFactor', 'totp');
  const { policy } = await on.world.api('GET', '/admin/v1/policies/login');
  await on.world.api('PUT', '/admin/v1/policies/login', { ...policy, forceMfa: true });
  for (const type of (await types()).filter((other) => other !== 'totp')) {
    const theirs = { otpEmail: 'OTP_EMAIL', otpSms: 'OTP_SMS', u2f: 'U2F' }[type];
    await on.world.api('DELETE', `/admin/v1/policies/login/second_factors/SECOND_FACTOR_TYPE_${theirs}`);
  }
  const confirm = 'LOCK OUT';
  expect(await change(on.owner, 'DELETE', 'totp', { approvalId: harmless })).toBe('confirmation_required');
  expect(await change(on.owner, 'DELETE', 'totp', { approvalId: harmless, confirm })).toBe('approval_required');
  expect((await ask(on.owner, 'removeSecondFactor', 'totp')).problem().code).toBe('confirmation_required');
  const asked = z.parse(Approval, (await ask(on.owner, 'removeSecondFactor', 'totp', confirm)).body);
  expect(asked.subject).toMatchObject({ locksEverybodyOut: true });
  await on.approve(on.other, { approval_id: asked.approvalId, plan_hash: asked.planHash });
  expect(await change(on.owner, 'DELETE', 'totp', { approvalId: asked.approvalId, confirm })).toBe('removed');
});
