import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApprovalWorld, approvalPath, codeOf, openApprovalWorld } from '../testing/approval-world.ts';
import type { SignedIn } from '../testing/serve-routes.ts';

let on: ApprovalWorld;
beforeAll(async () => {
  on = await openApprovalWorld();
});
afterAll(() => on?.stop());

describe('the list', () => {
  it('has what one asked for and what one may decide; to who reads events all of it', async () => {
    const manager = await on.world.makeCaller('ORG_USER_MANAGER', on.home);
    const auditor = await on.world.makeCaller('IAM_OWNER_VIEWER', on.home);
    const stranger = await on.world.makeCaller('ORG_OWNER', await on.world.makeOrganisation());
    const asked = await on.askReset(on.agent, await on.world.makePerson(on.home, 'ORG_OWNER'));
    const because = async (as: SignedIn) => (await on.seenBy(as, asked.approval_id))?.decide;
    expect(await because(on.agent)).toEqual({ allowed: false, because: 'own' });
    expect(await because(on.owner)).toEqual({ allowed: true });
    expect(await because(auditor)).toMatchObject({ allowed: false, because: 'permission' });
    expect(await because(manager)).toBeUndefined();
    expect(await because(stranger)).toBeUndefined();
  });

  it('counts what waits for the viewer', async () => {
    const before = (await on.list(on.other)).waitingForViewer;
    const asked = await on.askReset(on.owner, await on.world.makePerson(on.home));
    expect((await on.list(on.other)).waitingForViewer).toBe(before + 1);
    await on.approve(on.other, asked);
    expect((await on.list(on.other)).waitingForViewer).toBe(before);
  });

  it('keeps for a week what was decided', async () => {
    const asked = await on.askReset(on.agent, await on.world.makePerson(on.home));
    await on.approve(on.owner, asked);
    on.advance(6 * 24 * 3_600_000);
    expect(await on.seenBy(on.agent, asked.approval_id)).toMatchObject({ state: 'expired' });
    on.advance(25 * 3_600_000);
    expect(await on.seenBy(on.agent, asked.approval_id)).toBeUndefined();
  });

  it('names nobody whom the viewer may not read', async () => {
    const elsewhere = await on.world.makeOrganisation();
    const far = await on.world.makePerson(elsewhere);
    const asked = await on.askReset(on.agent, far, elsewhere);
    await on.approve(on.owner, asked);
    const shown = await on.seenBy(on.agent, asked.approval_id);
    expect(shown?.subject).toMatchObject({ user: { userId: far, name: far, loginName: far } });
    expect((await on.seenBy(on.owner, asked.approval_id))?.subject).toMatchObject({ user: { name: 'Ada Lovelace' } });
  });
});

describe('a limit', () => {
  it('is asked for by who has reached it, once', async () => {
    const manager = await on.world.makeCaller('ORG_USER_MANAGER', on.home);
    const body = { kind: 'limit', limit: 'removals/d', reason: 'phishing wave' };
    const early = await on.bff[0].call(manager, 'POST', approvalPath(), body);
    expect(early.problem().code).toBe('precondition_failed');
    const first = await on.askLimit(manager, 'removals/d');
    expect(first).toMatchObject({ state: 'waiting', subject: { kind: 'limit', limit: 'removals/d' } });
    expect((await on.askLimit(manager, 'removals/d')).approvalId).toBe(first.approvalId);
  });

  it.each([
    ['IAM_OWNER', 'ORG_USER_MANAGER', 'approved'],
    ['IAM_ORG_MANAGER', 'ORG_USER_MANAGER', 'approved'],
    ['IAM_USER_MANAGER', 'IAM_USER_MANAGER', 'approved'],
    ['IAM_USER_MANAGER', 'IAM_OWNER', 'rank_refused'],
    ['IAM_OWNER', 'IAM_OWNER', 'approved'],
    ['ORG_OWNER', 'ORG_USER_MANAGER', 'not_permitted'],
    ['IAM_OWNER_VIEWER', 'ORG_USER_MANAGER', 'not_permitted'],
  ])('is lifted by %s for %s: %s', async (mine, theirs, outcome) => {
    const requester = await on.world.makeCaller(theirs, on.home);
    const { approvalId, planHash } = await on.askLimit(requester);
    const decider = await on.world.makeCaller(mine, on.home);
    expect(codeOf(await on.bff[0].call(decider, 'POST', approvalPath(approvalId, 'approve'), { planHash }))).toBe(
      outcome,
    );
  });

  it('lets nothing more through until somebody else lifts it, and then begins anew', async () => {
    const manager = await on.world.makeCaller('ORG_USER_MANAGER', on.home);
    const { approvalId, planHash } = await on.askLimit(manager);
    const removal = () => on.removalLimits.take(manager.userId);
    await expect(removal()).rejects.toMatchObject({ code: 'rate_limited', details: { limit: 'removals/h' } });
    await on.approve(on.owner, { approval_id: approvalId, plan_hash: planHash });
    await removal();
    expect(await on.seenBy(on.owner, approvalId)).toMatchObject({ state: 'used' });
    await on.removalLimits.take(manager.userId, 29);
    await expect(removal()).rejects.toMatchObject({ code: 'rate_limited' });
  });

  it('is not lifted by who reached it', async () => {
    const { approvalId, planHash } = await on.askLimit(on.owner);
    const answer = await on.bff[0].call(on.owner, 'POST', approvalPath(approvalId, 'approve'), { planHash });
    expect(answer.problem().code).toBe('self_refused');
  });
});
