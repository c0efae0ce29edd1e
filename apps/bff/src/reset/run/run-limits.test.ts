import { ApprovalList } from '@latchkey/contract/approval';
import type { Reset } from '@latchkey/contract/reset';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { approvalRoutes } from '../../approvals/approval-routes.ts';
import { zitadelError } from '../../testing/fault-proxy.ts';
import { openResetWorld, type ResetWorld } from '../../testing/reset-world.ts';
import { type ServedRoutes, type SignedIn, serveRoutes } from '../../testing/serve-routes.ts';
import { caseLifetime, clearedLifetime } from '../case/case-state.ts';
import { leaseLength } from '../case/hold-case.ts';

let reset: ResetWorld;
let approvals: ServedRoutes;
let agent: SignedIn;
let approver: SignedIn;
beforeAll(async () => {
  reset = await openResetWorld();
  approvals = await serveRoutes(approvalRoutes({ ...reset.parts, onDecision: () => {} }));
  agent = await reset.world.makeCaller('IAM_OWNER', reset.home);
  approver = await reset.world.makeCaller('IAM_OWNER', reset.home);
}, 60_000);
afterAll(async () => {
  await approvals?.close();
  await reset?.stop();
});
beforeEach(() => reset.proxy.calm());

const denied = zitadelError(403, 7, 'No matching permissions found', 'AUTH-AWfge');
const start = async (role?: string) =>
  await reset.start(await reset.world.makePerson(reset.home, role), { reenrolment: 'none' }, agent);
const runCode = async (shown: Reset, as = agent) => (await reset.act(shown, 'run', as)).problem().code;
const setCase = (shown: Reset, values: object) =>
  reset.kept.store.updateTable('resets').set(values).where('reset_id', '=', shown.resetId).execute();

async function approve(shown: Reset, as = approver): Promise<void> {
  expect((await reset.act(shown, 'approval', agent)).status).toBe(200);
  const { approvals: all } = z.parse(ApprovalList, (await approvals.call(as, 'GET', '/bff/api/approvals')).body);
  const found = all.find(({ subject }) => subject.kind === 'reset' && subject.resetId === shown.resetId);
  const path = `/bff/api/approvals/${found?.approvalId}/approve`;
  expect((await approvals.call(as, 'POST', path, { planHash: found?.planHash })).status).toBe(200);
}

/** A case that stopped at a factor. */
async function stop(shown: Reset): Promise<Reset> {
  reset.proxy.fail(/^DELETE .*otp_sms/, denied);
  const stopped = await reset.run(shown, agent);
  expect(stopped.state).toBe('stopped');
  return stopped;
}

describe('a second person', () => {
  it.each(['stopped', 'interrupted'])('is needed for somebody who became an admin while it %s', async (how) => {
    const stopped = await stop(await start());
    if (how === 'interrupted') await setCase(stopped, { state: 'running' });
    const { userId } = stopped.user;
    await reset.world.api('POST', '/admin/v1/members', { userId, roles: ['IAM_OWNER_VIEWER'] });
    expect(await runCode(stopped)).toBe('approval_required');
    const shown = await reset.read(stopped.resetId, agent);
    expect(shown).toMatchObject({
      state: how,
      approval: { because: 'admin' },
      actions: { run: false, requestApproval: true },
    });
    await approve(shown);
    expect((await reset.run(shown, agent)).state).toBe('done');
  });

  it('whose own rights ended has to be followed by another', async () => {
    const former = await reset.world.makeCaller('IAM_OWNER', reset.home);
    const shown = await start('ORG_OWNER');
    await approve(shown, former);
    await reset.world.api('PUT', `/admin/v1/members/${former.userId}`, { roles: ['IAM_OWNER_VIEWER'] });
    expect(await runCode(shown)).toBe('approval_required');
    expect(await reset.read(shown.resetId, agent)).toMatchObject({
      state: 'waiting',
      approval: { state: 'needed' },
      actions: { requestApproval: true },
    });
    await approve(shown);
    expect((await reset.run(shown, agent)).state).toBe('done');
  });

  it('has approved what guards the account: no step of it is left out afterwards', async () => {
    const shown = await start('ORG_OWNER');
    await approve(shown);
    const stopped = await stop(shown);
    const guarding = stopped.steps.filter(
      ({ state, deed }) => ['planned', 'refused'].includes(state) && deed.step !== 'unlockUser',
    );
    expect(guarding.map(({ deed }) => deed.step)).toEqual(['removeFactor', 'removeFactor', 'tellUser']);
    for (const { number, skippable } of guarding) {
      expect(skippable).toBe(false);
      const answer = await reset.act(stopped, `steps/${number}/skip`, agent, { reason: 'not needed' });
      expect(answer.problem().code).toBe('precondition_failed');
    }
  });

  it('is not used up by a run that somebody else was faster with', async () => {
    const shown = await start('ORG_OWNER');
    await approve(shown);
    await setCase(shown, { runner: 'other', runner_until: reset.parts.clock() + leaseLength });
    expect(await runCode(shown)).toBe('case_changed');
    expect((await reset.read(shown.resetId, agent)).approval?.state).toBe('approved');
  });

  it('is asked once, by two requests at once, too', async () => {
    const shown = await start('ORG_OWNER');
    const answers = await Promise.all([1, 2, 3].map(() => reset.act(shown, 'approval', agent)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const ids = answers.map(({ body }) => (body as Reset).approval?.approvalId);
    expect(new Set(ids).size).toBe(1);
    const rows = reset.kept.store.selectFrom('approvals').selectAll().where('subject_id', '=', shown.resetId);
    expect(await rows.execute()).toHaveLength(1);
  });
});

describe('a case that is too old', () => {
  it('does not run a day after it was made, and can be cancelled', async () => {
    const [planned, stopped] = [await start(), await stop(await start())];
    reset.advance(caseLifetime);
    for (const shown of [planned, stopped]) {
      expect(await runCode(shown)).toBe('case_changed');
      expect(await reset.read(shown.resetId, agent)).toMatchObject({
        tooOld: true,
        actions: { run: false, skip: false, requestApproval: false, cancel: true },
      });
      expect((await reset.act(shown, 'cancel', agent)).body).toMatchObject({ state: 'cancelled', tooOld: false });
    }
  });

  it('does not go on two hours after a second person approved it', async () => {
    const shown = await start('ORG_OWNER');
    await approve(shown);
    const stopped = await stop(shown);
    expect(stopped).toMatchObject({ tooOld: false, actions: { run: true } });
    reset.advance(clearedLifetime);
    expect(await runCode(stopped)).toBe('case_changed');
    expect(await reset.read(stopped.resetId, agent)).toMatchObject({ tooOld: true, actions: { run: false } });
    expect((await reset.act(stopped, 'approval', agent)).problem().code).toBe('case_changed');
  });
});
