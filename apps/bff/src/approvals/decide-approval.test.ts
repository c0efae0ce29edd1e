import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApprovalWorld, approvalPath, codeOf, openApprovalWorld } from '../testing/approval-world.ts';
import type { SignedIn } from '../testing/serve-routes.ts';
import { decisionTime } from './approval-store.ts';

let on: ApprovalWorld;
beforeAll(async () => {
  on = await openApprovalWorld();
});
afterAll(() => on?.stop());

describe('a reset is approved', () => {
  const pairs: readonly (readonly [string, string, string])[] = [
    ['IAM_OWNER', 'IAM_OWNER', 'approved'],
    ['IAM_OWNER', 'IAM_USER_MANAGER', 'approved'],
    ['IAM_OWNER', 'ORG_OWNER', 'approved'],
    ['IAM_USER_MANAGER', 'IAM_USER_MANAGER', 'approved'],
    ['IAM_USER_MANAGER', 'IAM_OWNER', 'rank_refused'],
    ['IAM_USER_MANAGER', 'ORG_OWNER', 'rank_refused'],
    ['IAM_ORG_MANAGER', 'ORG_OWNER', 'approved'],
    ['IAM_ORG_MANAGER', 'IAM_OWNER', 'rank_refused'],
    ['ORG_OWNER', 'ORG_OWNER', 'approved'],
    ['ORG_OWNER', 'ORG_USER_MANAGER', 'approved'],
    ['ORG_OWNER', 'IAM_OWNER', 'rank_refused'],
    ['ORG_USER_MANAGER', 'ORG_USER_MANAGER', 'approved'],
    ['ORG_USER_MANAGER', 'ORG_OWNER', 'rank_refused'],
    // Who may read everything may change nothing.
    ['IAM_OWNER_VIEWER', 'ORG_USER_MANAGER', 'not_permitted'],
    ['ORG_OWNER_VIEWER', 'ORG_OWNER_VIEWER', 'not_permitted'],
  ];
  it.each(pairs)('by %s about %s: %s', async (mine, theirs, outcome) => {
    const decider = await on.world.makeCaller(mine, on.home);
    const asked = await on.askReset(on.owner, await on.world.makePerson(on.home, theirs));
    const shown = await on.seenBy(decider, asked.approval_id);
    expect(shown?.decide.allowed ?? false).toBe(outcome === 'approved');
    expect(codeOf(await on.approve(decider, asked))).toBe(outcome);
  });

  it('by nobody of another organisation', async () => {
    const stranger = await on.world.makeCaller('ORG_OWNER', await on.world.makeOrganisation());
    const asked = await on.askReset(on.owner, await on.world.makePerson(on.home, 'ORG_OWNER'));
    expect((await on.approve(stranger, asked)).problem()).toMatchObject({
      code: 'not_permitted',
      permission: 'user.read',
    });
    expect(await on.list(stranger)).toEqual({ approvals: [], waitingForViewer: 0 });
  });

  it('not by who asked, not by whom it is about, not by who runs the case now', async () => {
    expect(codeOf(await on.approve(on.owner, await on.askReset(on.owner, on.other.userId)))).toBe('self_refused');
    expect(codeOf(await on.approve(on.other, await on.askReset(on.owner, on.other.userId)))).toBe('self_refused');
    const taken = await on.askReset(on.agent, await on.world.makePerson(on.home, 'ORG_USER_MANAGER'));
    await takeOver(taken.subject_id, on.owner);
    expect((await on.seenBy(on.owner, taken.approval_id))?.decide).toEqual({ allowed: false, because: 'own' });
    expect(codeOf(await on.approve(on.owner, taken))).toBe('self_refused');
    expect(codeOf(await on.approve(on.agent, taken))).toBe('self_refused');
    expect(codeOf(await on.approve(on.other, taken))).toBe('approved');
  });

  it('for what was seen and nothing else', async () => {
    const asked = await on.askReset(on.agent, await on.world.makePerson(on.home));
    expect(codeOf(await on.approve(on.owner, { ...asked, plan_hash: 'x'.repeat(43) }))).toBe('case_changed');
    expect((await on.approve(on.owner, { ...asked, plan_hash: 'short' })).problem().code).toBe('invalid_input');
    expect(codeOf(await on.approve(on.owner, asked))).toBe('approved');
  });

  it('in time', async () => {
    const asked = await on.askReset(on.agent, await on.world.makePerson(on.home));
    on.advance(decisionTime);
    expect(await on.seenBy(on.owner, asked.approval_id)).toMatchObject({
      state: 'expired',
      decide: { because: 'decided' },
    });
    expect(codeOf(await on.approve(on.owner, asked))).toBe('case_changed');
  });

  it('once: of two at the same time, in two processes, one is told that the case has changed', async () => {
    const asked = await on.askReset(on.agent, await on.world.makePerson(on.home));
    const answers = await Promise.all([on.approve(on.owner, asked, 0), on.approve(on.other, asked, 1)]);
    expect(answers.map(codeOf).toSorted()).toEqual(['approved', 'case_changed']);
    const winner = answers[0]?.status === 200 ? on.owner : on.other;
    expect((await on.seenBy(on.owner, asked.approval_id))?.decidedBy?.userId).toBe(winner.userId);
  });
});

describe('a request', () => {
  it('is refused with a reason, which who asked is shown', async () => {
    const asked = await on.askReset(on.agent, await on.world.makePerson(on.home));
    const refuse = (as: SignedIn, body: unknown) =>
      on.bff[0].call(as, 'POST', approvalPath(asked.approval_id, 'refuse'), body);
    expect((await refuse(on.owner, {})).problem().code).toBe('invalid_input');
    expect((await refuse(on.agent, { reason: 'my own' })).problem().code).toBe('self_refused');
    expect((await refuse(on.owner, { reason: 'call them back first' })).status).toBe(200);
    expect(await on.seenBy(on.agent, asked.approval_id)).toMatchObject({
      state: 'refused',
      decisionReason: 'call them back first',
    });
    expect(codeOf(await on.approve(on.other, asked))).toBe('case_changed');
  });

  it('is withdrawn by who asked and nobody else', async () => {
    const asked = await on.askReset(on.agent, await on.world.makePerson(on.home));
    const withdraw = (as: SignedIn) => on.bff[0].call(as, 'POST', approvalPath(asked.approval_id, 'withdraw'), {});
    expect((await withdraw(on.owner)).problem().code).toBe('not_permitted');
    expect((await withdraw(on.agent)).body).toMatchObject({ state: 'withdrawn' });
    expect((await withdraw(on.agent)).problem().code).toBe('case_changed');
    expect(codeOf(await on.approve(on.owner, asked))).toBe('case_changed');
  });

  it('that is none is not found', async () => {
    const answer = await on.bff[0].call(on.owner, 'POST', approvalPath('nothing', 'approve'), {
      planHash: 'x'.repeat(43),
    });
    expect(answer.problem().code).toBe('not_found');
  });

  it('and its decision are in the audit, with whom they are about', async () => {
    const person = await on.world.makePerson(on.home);
    const asked = await on.askReset(on.agent, person);
    await on.approve(on.owner, asked);
    const taken = (await on.askLimit(on.agent)).approvalId;
    await on.bff[0].call(on.agent, 'POST', approvalPath(taken, 'withdraw'), {});
    const limit = await on.askLimit(on.agent);
    await on.bff[0].call(on.owner, 'POST', approvalPath(limit.approvalId, 'refuse'), { reason: 'no' });
    const rows = (await on.kept.rows()).filter(
      ({ act, detail }) =>
        detail.includes(asked.approval_id) ||
        detail.includes(limit.approvalId) ||
        (act === 'withdrawApproval' && detail.includes(taken)),
    );
    expect(rows.map((row) => [row.phase, row.act, row.actor_id, row.user_id, row.outcome, row.reason])).toEqual([
      ['intent', 'approve', on.owner.userId, person, null, 'lost key'],
      ['outcome', 'approve', on.owner.userId, person, 'done', 'lost key'],
      ['intent', 'withdrawApproval', on.agent.userId, null, null, 'phishing wave'],
      ['outcome', 'withdrawApproval', on.agent.userId, null, 'done', 'phishing wave'],
      ['intent', 'requestApproval', on.agent.userId, null, null, 'phishing wave'],
      ['outcome', 'requestApproval', on.agent.userId, null, 'done', 'phishing wave'],
      ['intent', 'refuseApproval', on.owner.userId, null, null, 'no'],
      ['outcome', 'refuseApproval', on.owner.userId, null, 'done', 'no'],
    ]);
    expect(JSON.parse(rows[0]?.detail ?? '{}')).toMatchObject({
      resetId: asked.subject_id,
      planHash: asked.plan_hash,
    });
    expect(on.decisions.slice(-3)).toEqual(['approved', 'withdrawn', 'refused']);
  });
});

/** As taking a case over leaves it. */
async function takeOver(resetId: string, by: SignedIn): Promise<void> {
  const now = Date.now();
  await on.kept.store
    .insertInto('resets')
    .values({
      reset_id: resetId,
      user_id: 'ada',
      open_user_id: resetId,
      user_state: 'active',
      user_name: 'Ada',
      login_name: 'ada',
      organisation_id: on.home,
      organisation_name: null,
      state: 'planned',
      agent_id: by.userId,
      agent_name: 'Owner',
      started_by_id: on.agent.userId,
      started_by_name: 'Agent',
      caller: '{}',
      choice: '{}',
      reason: 'lost key',
      ticket: null,
      plan_hash: 'x',
      approval_because: 'admin',
      runner: null,
      runner_until: null,
      created_at: now,
      changed_at: now,
      finished_at: null,
    })
    .execute();
}
