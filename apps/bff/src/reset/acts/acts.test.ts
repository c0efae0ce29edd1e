import { apiPaths } from '@latchkey/contract/paths';
import { type Reset, ResetList } from '@latchkey/contract/reset';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { zitadelError } from '../../testing/fault-proxy.ts';
import { openResetWorld, type ResetWorld, stepLines } from '../../testing/reset-world.ts';
import { type SignedIn, serveRoutes } from '../../testing/serve-routes.ts';
import { userRoutes } from '../../users/user-routes.ts';
import { countLeftLocked } from '../case/left-locked.ts';

let reset: ResetWorld;
let colleague: SignedIn;
beforeAll(async () => {
  reset = await openResetWorld();
  colleague = await reset.world.makeCaller('ORG_USER_MANAGER', reset.home);
}, 60_000);
afterAll(() => reset?.stop());
beforeEach(() => reset.proxy.calm());

const denied = zitadelError(403, 7, 'No matching permissions found', 'AUTH-AWfge');
const start = async (as?: SignedIn) =>
  await reset.start(await reset.world.makePerson(reset.home), { reenrolment: 'none' }, as);
const isLocked = async ({ user }: Reset) => (await reset.stateOf(user.userId)) === 'USER_STATE_LOCKED';

/** A case that stopped because ZITADEL refused what matches. */
async function stoppedAt(pattern: RegExp): Promise<Reset> {
  const planned = await start();
  reset.proxy.fail(pattern, denied);
  const stopped = await reset.run(planned);
  expect(stopped.state).toBe('stopped');
  return stopped;
}
const numberOf = (shown: Reset, line: string) => stepLines(shown).findIndex((other) => other.startsWith(line)) + 1;
const noticeOf = ({ resetId }: Reset) =>
  reset.kept.store.selectFrom('notices').selectAll().where('reset_id', '=', resetId).executeTakeFirst();
const skip = (shown: Reset, line: string, as = reset.agent) =>
  reset.act(shown, `steps/${numberOf(shown, line)}/skip`, as, { reason: 'they still have it' });

describe('a step', () => {
  it('that failed is left out for a reason, which the audit has', async () => {
    const stopped = await stoppedAt(/^DELETE .*otp_sms/);
    expect((await skip(stopped, 'remove otpSms')).status).toBe(200);
    const done = await reset.run(stopped);
    expect(done.steps[2]).toMatchObject({
      state: 'skipped',
      skipped: { because: 'agent', reason: 'they still have it' },
    });
    expect(done).toMatchObject({ state: 'done', leftLocked: false, stepsInAll: 5 });
    const rows = (await reset.kept.rows()).filter(({ act }) => act === 'skipResetStep');
    expect(rows.map(({ reason, outcome }) => [reason, outcome])).toEqual([
      ['they still have it', null],
      ['they still have it', 'done'],
    ]);
  });

  it('that is still to come is left out, too, but not the unlock, nor what was done', async () => {
    const stopped = await stoppedAt(/^DELETE .*otp_sms/);
    expect((await skip(stopped, 'remove otpEmail')).status).toBe(200);
    for (const line of ['unlockUser', 'tellUser', 'lockUser', 'remove otpEmail']) {
      expect((await skip(stopped, line)).problem().code, line).toBe('precondition_failed');
    }
    expect((await reset.act(stopped, 'steps/99/skip', reset.agent, { reason: 'x' })).problem().code).toBe('not_found');
    expect((await reset.run(stopped)).state).toBe('done');
    expect(await isLocked(stopped)).toBe(false);
  });

  it('is not left out of a case that has not begun, nor by another agent', async () => {
    const planned = await start();
    expect((await skip(planned, 'remove otpSms')).problem().code).toBe('case_changed');
    const stopped = await stoppedAt(/^DELETE .*otp_sms/);
    expect((await skip(stopped, 'remove otpSms', colleague)).problem().code).toBe('case_changed');
  });

  it('that ends a session keeps it from those that are ended later', async () => {
    const userId = await reset.world.makePerson(reset.home);
    const sessionId = await reset.beginSession(userId);
    const planned = await reset.start(userId, { lock: false, remove: [], reenrolment: 'none' });
    await reset.beginSession(userId);
    reset.proxy.fail(/^DELETE /, denied);
    const stopped = await reset.run(planned);
    await skip(stopped, 'endSession');
    expect((await reset.run(stopped)).steps[1]).toMatchObject({ state: 'done', count: 1 });
    expect(await reset.sessionsOf(userId)).toEqual([sessionId]);
  });

  it('the lock takes the unlock with it', async () => {
    const planned = await start();
    await reset.world.api('POST', `/v2/users/${planned.user.userId}/lock`);
    const stopped = await reset.run(planned);
    await skip(stopped, 'lockUser');
    const done = await reset.run(stopped);
    expect(stepLines(done)).toContain('unlockUser: skipped, agent');
    expect([done.state, await isLocked(done)]).toEqual(['done', true]);
  });

  it('the lock of which nobody knows whether it was made keeps its unlock', async () => {
    const planned = await start();
    reset.proxy.fail(/\/lock$/, { kind: 'resetAfter' });
    // The person is read by the run, then by its first step; what reads the lock back fails.
    reset.proxy.fail(new RegExp(`^GET /v2/users/${planned.user.userId}$`), denied, { after: 2, times: 30 });
    const stopped = await reset.run(planned);
    expect(stepLines(stopped)[0]).toBe('lockUser: unknown');
    reset.proxy.calm();
    await skip(stopped, 'lockUser');
    const done = await reset.run(stopped);
    expect(stepLines(done)).toContain('unlockUser: done');
    expect(await isLocked(done)).toBe(false);
  });
});

describe('a case', () => {
  it('is cancelled where it stands, and says that the account is left locked', async () => {
    const stopped = await stoppedAt(/^DELETE .*otp_sms/);
    expect((await reset.act(stopped, 'cancel', colleague)).problem().code).toBe('case_changed');
    const cancelled = (await reset.act(stopped, 'cancel')).body;
    expect(cancelled).toMatchObject({ state: 'cancelled', leftLocked: true, finishedAt: expect.any(String) });
    expect(await isLocked(stopped)).toBe(true);
    for (const act of ['run', 'cancel']) {
      expect((await reset.act(stopped, act)).problem().code, act).toBe('case_changed');
    }
  });

  it('that left the account locked is listed until that is unlocked, also when it is over', async () => {
    const stopped = await stoppedAt(/^DELETE .*otp_sms/);
    await reset.act(stopped, 'cancel');
    const isListed = async () => {
      const { body } = await reset.bff.call(reset.agent, 'GET', '/bff/api/resets?locked=true');
      return z.parse(ResetList, body).resets.some(({ resetId }) => resetId === stopped.resetId);
    };
    const done = await reset.run(await start());
    expect(await isListed()).toBe(true);
    expect(await countLeftLocked(reset.kept.store)).toBeGreaterThan(0);
    const { body } = await reset.bff.call(reset.agent, 'GET', '/bff/api/resets?locked=true');
    expect(z.parse(ResetList, body).resets.map(({ resetId }) => resetId)).not.toContain(done.resetId);
    const users = await serveRoutes(userRoutes(reset.parts));
    await users.call(reset.agent, 'POST', apiPaths.userUnlock(stopped.user.userId), { reason: 'spoke to them' });
    await users.close();
    expect(await isListed()).toBe(false);
  });

  it('that did something tells the person, cancelled or not, once', async () => {
    const stopped = await stoppedAt(/^DELETE .*otp_email/);
    const cancelled = (await reset.act(stopped, 'cancel')).body as Reset;
    expect(cancelled.notice).toMatchObject({ state: 'sent' });
    expect(stepLines(cancelled)).toContain('tellUser: done');
    const row = await noticeOf(stopped);
    expect(JSON.parse(row?.facts ?? '{}')).toMatchObject({
      removed: [{ factor: { kind: 'otpSms' } }],
      keptLocked: true,
    });
    const told = (await reset.kept.rows()).filter(
      ({ act, user_id }) => act === 'tellUser' && user_id === stopped.user.userId,
    );
    expect(told.map(({ outcome }) => outcome)).toEqual([null, 'done']);
    // Nothing was done by a case that had not begun.
    const planned = await start();
    await reset.act(planned, 'cancel');
    expect(await noticeOf(planned)).toBeUndefined();
  });

  it('is run by nobody but its agent, until somebody who may takes it over', async () => {
    const stopped = await stoppedAt(/^DELETE .*otp_sms/);
    expect((await reset.act(stopped, 'run', colleague)).problem().code).toBe('case_changed');
    expect((await reset.read(stopped.resetId, colleague)).actions).toMatchObject({ run: false, takeOver: true });
    const taken = (await reset.act(stopped, 'take-over', colleague)).body;
    expect(taken).toMatchObject({
      agent: { userId: colleague.userId },
      startedBy: { userId: reset.agent.userId },
      actions: { run: true },
    });
    expect((await reset.act(stopped, 'run')).problem().code).toBe('case_changed');
    expect((await reset.run(stopped, colleague)).state).toBe('done');
    const acts = (await reset.kept.rows()).filter(
      ({ user_id, phase }) => user_id === stopped.user.userId && phase === 'intent',
    );
    expect(new Map(acts.map(({ act, actor_id }) => [act, actor_id])).get('takeOverReset')).toBe(colleague.userId);
    expect(acts.filter(({ act }) => act === 'unlockUser').map(({ actor_id }) => actor_id)).toEqual([colleague.userId]);
  });

  it('is not taken over by the person it is about, nor without the permission, nor by its own agent', async () => {
    const planned = await start();
    const viewer = await reset.world.makeCaller('ORG_OWNER_VIEWER', reset.home);
    const themselves = { userId: planned.user.userId, token: colleague.token };
    expect((await reset.act(planned, 'take-over', viewer)).problem().code).toBe('not_permitted');
    expect((await reset.act(planned, 'take-over', themselves)).problem().code).toBe('self_refused');
    expect((await reset.act(planned, 'take-over')).problem().code).toBe('case_changed');
    await reset.world.api('POST', '/admin/v1/members', { userId: planned.user.userId, roles: ['IAM_OWNER'] });
    expect((await reset.act(planned, 'take-over', colleague)).problem().code).toBe('rank_refused');
    expect((await reset.act(planned, 'run')).problem().code).toBe('rank_refused');
  });

  it('is found under the person it is about and no other', async () => {
    const planned = await start();
    const elsewhere = { ...planned, user: { ...planned.user, userId: await reset.world.makePerson(reset.home) } };
    for (const act of ['run', 'cancel', 'take-over', 'approval', 'steps/1/skip']) {
      const answer = await reset.act(elsewhere, act, reset.agent, { reason: 'x' });
      expect(answer.problem().code, act).toBe('not_found');
    }
  });
});
