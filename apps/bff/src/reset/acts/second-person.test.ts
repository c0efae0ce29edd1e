import { ApprovalList } from '@latchkey/contract/approval';
import { Reset } from '@latchkey/contract/reset';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { approvalRoutes } from '../../approvals/approval-routes.ts';
import { Problem } from '../../http/problem.ts';
import { zitadelError } from '../../testing/fault-proxy.ts';
import { openResetWorld, type ResetWorld } from '../../testing/reset-world.ts';
import { type ServedRoutes, type SignedIn, serveRoutes } from '../../testing/serve-routes.ts';

let reset: ResetWorld;
let approvals: ServedRoutes;
let agent: SignedIn;
let approver: SignedIn;
beforeAll(async () => {
  reset = await openResetWorld();
  approvals = await serveRoutes(approvalRoutes({ ...reset.parts, onDecision: () => {} }));
  agent = await reset.world.makeCaller('IAM_OWNER', reset.home);
  approver = await reset.world.makeCaller('IAM_OWNER', reset.home);
  await reset.world.makePerson(reset.home, 'IAM_OWNER');
}, 60_000);
afterAll(async () => {
  await approvals?.close();
  await reset?.stop();
});
beforeEach(() => reset.proxy.calm());

/** A case of somebody with an admin role. */
async function start(): Promise<Reset> {
  const userId = await reset.world.makePerson(reset.home, 'ORG_OWNER');
  return await reset.start(userId, { reenrolment: 'none' }, agent);
}
const ask = async (shown: Reset, as = agent) => z.parse(Reset, (await reset.act(shown, 'approval', as)).body);
const runCode = async (shown: Reset, as = agent) => (await reset.act(shown, 'run', as)).problem().code;

async function decide(shown: Reset, decision: 'approve' | 'refuse', as = approver): Promise<number> {
  const { approvals: all } = z.parse(ApprovalList, (await approvals.call(as, 'GET', '/bff/api/approvals')).body);
  const approval = all.find(({ subject }) => subject.kind === 'reset' && subject.resetId === shown.resetId);
  const body = decision === 'approve' ? { planHash: approval?.planHash } : { reason: 'not today' };
  const path = `/bff/api/approvals/${approval?.approvalId}/${decision}`;
  return (await approvals.call(as, 'POST', path, body)).status;
}

it("an admin's case waits for a second person, who sees what will run, and runs once they approved", async () => {
  const planned = await start();
  expect(planned).toMatchObject({
    state: 'waiting',
    approval: { state: 'needed', because: 'admin', approvalId: null },
    actions: { run: false, requestApproval: true, cancel: true },
  });
  // Machines approve nothing; the two that act here stand for people.
  expect(planned.approval?.approvers).toBe(1);
  expect(await runCode(planned)).toBe('approval_required');
  expect((await ask(planned)).approval).toMatchObject({ state: 'waiting', approvalId: expect.any(String) });
  expect(await runCode(planned)).toBe('approval_required');
  const { approvals: all } = z.parse(ApprovalList, (await approvals.call(approver, 'GET', '/bff/api/approvals')).body);
  expect(all[0]).toMatchObject({
    planHash: planned.planHash,
    subject: { kind: 'reset', deeds: planned.steps.map(({ deed }) => deed) },
  });
  expect(await decide(planned, 'approve', agent)).not.toBe(200);
  expect(await decide(planned, 'approve')).toBe(200);
  expect(await reset.read(planned.resetId, agent)).toMatchObject({
    state: 'planned',
    approval: { state: 'approved', decidedBy: { userId: approver.userId } },
    actions: { run: true },
  });
  const done = await reset.run(planned, agent);
  expect(done).toMatchObject({ state: 'done', approval: { state: 'used' } });
});

it('is needed for somebody who has become an admin since the plan was made', async () => {
  const userId = await reset.world.makePerson(reset.home);
  const planned = await reset.start(userId, { reenrolment: 'none' }, agent);
  expect(planned).toMatchObject({ state: 'planned', approval: null });
  await reset.world.api('POST', '/admin/v1/members', { userId, roles: ['IAM_OWNER_VIEWER'] });
  expect(await runCode(planned)).toBe('approval_required');
  expect(await reset.read(planned.resetId, agent)).toMatchObject({ state: 'waiting', approval: { because: 'admin' } });
  await ask(planned);
  await decide(planned, 'approve');
  expect((await reset.run(planned, agent)).state).toBe('done');
});

it('is not used up by a run that the brake refused', async () => {
  const planned = await start();
  await ask(planned);
  await decide(planned, 'approve');
  const removalLimits = { ...reset.parts.removalLimits, take: () => Promise.reject(new Problem('rate_limited')) };
  const braked = await reset.serve({ removalLimits });
  const path = `/bff/api/users/${planned.user.userId}/resets/${planned.resetId}/run`;
  expect((await braked.call(agent, 'POST', path, {})).problem().code).toBe('rate_limited');
  expect((await reset.read(planned.resetId, agent)).approval?.state).toBe('approved');
  await braked.close();
});

it('goes on after a stop without another approval', async () => {
  const planned = await start();
  await ask(planned);
  await decide(planned, 'approve');
  reset.proxy.fail(/^DELETE .*otp_sms/, zitadelError(403, 7, 'No matching permissions found', 'AUTH-AWfge'));
  expect((await reset.run(planned, agent)).state).toBe('stopped');
  expect((await reset.run(planned, agent)).state).toBe('done');
});

it('is over when the second person says no, and another may be started', async () => {
  const planned = await start();
  await ask(planned);
  await decide(planned, 'refuse');
  expect(await reset.read(planned.resetId, agent)).toMatchObject({
    state: 'refused',
    finishedAt: expect.any(String),
    approval: { state: 'refused', decisionReason: 'not today' },
    actions: { run: false, cancel: false, requestApproval: false },
  });
  expect(await runCode(planned)).toBe('case_changed');
  expect((await reset.tryStart(planned.user.userId, {}, agent)).status).toBe(200);
});

it('is free for another case as soon as it was refused, though nobody has looked', async () => {
  const planned = await start();
  await ask(planned);
  await decide(planned, 'refuse');
  expect((await reset.tryStart(planned.user.userId, {}, agent)).status).toBe(200);
});

it('waits anew when nobody decided in time, or when it was not begun in time', async () => {
  const planned = await start();
  await ask(planned);
  reset.advance(31 * 60_000);
  expect(await reset.read(planned.resetId, agent)).toMatchObject({
    state: 'waiting',
    approval: { state: 'expired' },
    actions: { run: false, requestApproval: true },
  });
  await ask(planned);
  await decide(planned, 'approve');
  reset.advance(31 * 60_000);
  expect(await runCode(planned)).toBe('approval_required');
});

it('taken over stays approved, but not for whoever approved it', async () => {
  const third = await reset.world.makeCaller('IAM_OWNER', reset.home);
  const [one, two] = [await start(), await start()];
  for (const planned of [one, two]) {
    await ask(planned);
    await decide(planned, 'approve');
  }
  await reset.act(one, 'take-over', third);
  expect((await reset.run(one, third)).state).toBe('done');
  await reset.act(two, 'take-over', approver);
  expect(await reset.read(two.resetId, approver)).toMatchObject({ state: 'waiting', approval: { state: 'needed' } });
  expect(await runCode(two, approver)).toBe('approval_required');
});

it('withdraws its request when it is cancelled', async () => {
  const planned = await start();
  await ask(planned);
  await reset.act(planned, 'cancel', agent);
  expect(await decide(planned, 'approve')).not.toBe(200);
  expect((await reset.read(planned.resetId, agent)).state).toBe('cancelled');
});
