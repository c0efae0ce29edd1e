import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRemovalLimits } from '../../approvals/removal-limits.ts';
import { createMailSender } from '../../notices/mail/mail-sender.ts';
import { type Fault, zitadelError } from '../../testing/fault-proxy.ts';
import { openResetWorld, type ResetWorld, stepLines } from '../../testing/reset-world.ts';

let reset: ResetWorld;
beforeAll(async () => {
  reset = await openResetWorld();
}, 60_000);
afterAll(() => reset?.stop());
beforeEach(() => reset.proxy.calm());

const person = () => reset.world.makePerson(reset.home);
const isLocked = async (userId: string) => (await reset.stateOf(userId)) === 'USER_STATE_LOCKED';
const changesSeen = () =>
  reset.proxy.seen.filter((line) => /^(DELETE|POST .*(un)?lock$|POST .*password_reset)/.test(line));
const denied = zitadelError(403, 7, 'No matching permissions found', 'AUTH-AWfge');

async function mailsTo(userId: string): Promise<string[]> {
  const { email } = (await reset.world.api('GET', `/v2/users/${userId}`)).user.human.email;
  const outbox = await fetch(`${reset.server.origin}/outbox.json?to=${email}`);
  const mails = (await outbox.json()) as { subject: string }[];
  return mails.map(({ subject }) => subject);
}

describe('a case', () => {
  it('runs from its start to its end in the safe order', async () => {
    const userId = await person();
    await reset.beginSession(userId);
    const planned = await reset.start(userId);
    expect(planned).toMatchObject({
      state: 'planned',
      stepsDone: 0,
      actions: { run: true, cancel: true, skip: false },
    });
    expect(changesSeen()).toEqual([]);
    const done = await reset.run(planned);
    expect(stepLines(done)).toEqual([
      'lockUser: done',
      // ZITADEL ends what a person had begun by the lock.
      'endSession: unneeded',
      'endLaterSessions: unneeded',
      'remove otpSms: done',
      'remove otpEmail: done',
      'sendPasswordReset: done',
      'tellUser: done',
      'unlockUser: done',
    ]);
    expect(done).toMatchObject({ state: 'done', stepsDone: 8, leftLocked: false, notice: { state: 'sent' } });
    expect(Object.values(done.actions)).toEqual([false, false, false, false, false]);
    expect([await reset.sessionsOf(userId), await isLocked(userId)]).toEqual([[], false]);
    expect(await mailsTo(userId)).toHaveLength(2);
    const written = (await reset.kept.rows()).filter((row) => row.user_id === userId);
    expect(written.filter(({ phase }) => phase === 'intent').map(({ act }) => act)).toEqual([
      'startReset',
      'lockUser',
      'endSession',
      'removeFactor',
      'removeFactor',
      'sendPasswordReset',
      'tellUser',
      'unlockUser',
      'finishReset',
    ]);
    expect(new Set(written.map((row) => `${row.actor_id} ${row.reason} ${row.ticket}`)).size).toBe(1);
    expect(
      done.steps.every(
        ({ actId, deed }) => deed.step === 'endLaterSessions' || written.some((row) => row.act_id === actId),
      ),
    ).toBe(true);
  });

  it('without a lock ends the sessions, and those that began since the plan was made', async () => {
    const userId = await person();
    await reset.beginSession(userId);
    const planned = await reset.start(userId, { lock: false, remove: [], reenrolment: 'none' });
    await Promise.all([reset.beginSession(userId), reset.beginSession(userId)]);
    const done = await reset.run(planned);
    expect(stepLines(done)).toEqual(['endSession: done', 'endLaterSessions: done', 'tellUser: done']);
    expect(done.steps[1]?.count).toBe(2);
    expect(await reset.sessionsOf(userId)).toEqual([]);
  });

  it('ends the chosen sessions only', async () => {
    const userId = await person();
    const [lost, kept] = [await reset.beginSession(userId), await reset.beginSession(userId)];
    await expect.poll(() => reset.sessionsOf(userId)).toHaveLength(2);
    await reset.run(await reset.start(userId, { lock: false, remove: [], reenrolment: 'none', sessions: [lost] }));
    expect(await reset.sessionsOf(userId)).toEqual([kept]);
  });

  it('removes recovery codes before it locks, because ZITADEL refuses them afterwards', async () => {
    const userId = await person();
    await reset.world.api('POST', `/v2/users/${userId}/recovery_codes`, { count: 3 });
    const remove = [{ kind: 'recoveryCodes' as const }];
    const asManager = await reset.start(userId, { remove, reenrolment: 'none', sessions: [] });
    expect(stepLines(asManager)[0]).toBe('remove recoveryCodes: skipped, permission');
    await reset.act(asManager, 'cancel');
    const done = await reset.run(
      await reset.start(userId, { remove, reenrolment: 'none', sessions: [] }, reset.owner),
      reset.owner,
    );
    expect(stepLines(done).slice(0, 2)).toEqual(['remove recoveryCodes: done', 'lockUser: done']);
  });

  it('of an account that is locked already removes them after the unlock, and tells of them before', async () => {
    const userId = await person();
    await reset.world.api('POST', `/v2/users/${userId}/recovery_codes`, { count: 3 });
    await reset.world.api('POST', `/v2/users/${userId}/lock`);
    const remove = [{ kind: 'recoveryCodes' as const }, { kind: 'otpSms' as const }];
    const done = await reset.run(
      await reset.start(userId, { remove, reenrolment: 'none', sessions: [] }, reset.owner),
      reset.owner,
    );
    expect(stepLines(done)).toEqual([
      'lockUser: unneeded',
      'remove otpSms: done',
      'tellUser: done',
      'unlockUser: done',
      'remove recoveryCodes: done',
    ]);
    const told = reset.kept.store.selectFrom('notices').select('facts').where('reset_id', '=', done.resetId);
    const { facts } = await told.executeTakeFirstOrThrow();
    const { removed } = JSON.parse(facts);
    expect(removed.map(({ factor }: { factor: { kind: string } }) => factor.kind)).toEqual(['otpSms', 'recoveryCodes']);
  });

  it('leaves the account locked where the agent wants it so, and says until when tokens sleep', async () => {
    const userId = await person();
    const done = await reset.run(await reset.start(userId, { keepLocked: true, reenrolment: 'none' }));
    expect(done).toMatchObject({ state: 'done', keptLocked: true, leftLocked: true });
    expect(await isLocked(userId)).toBe(true);
    const lockedAt = Date.parse(done.steps[0]?.answeredAt ?? '');
    expect(Date.parse(done.tokensLiveUntilIfLocked) - lockedAt).toBe(86_400_000);
    expect(Date.parse(done.tokensLiveUntil) - Date.parse(done.finishedAt ?? '')).toBe(864_000_000);
  });
});

describe('a step that fails', () => {
  const faults: readonly [string, Fault, object][] = [
    ['refused', denied, { state: 'refused', problem: 'not_permitted', permission: 'user.write' }],
    ['without an answer, and not done', { kind: 'reset' }, { state: 'notDone', problem: 'not_removed' }],
    ['in a fault of ZITADEL', zitadelError(500, 13, 'db', ''), { state: 'notDone', problem: 'not_removed' }],
  ];
  it.each(faults)(
    '%s stops the case with the account still locked; run again it goes on',
    async (_what, fault, step) => {
      const userId = await person();
      const planned = await reset.start(userId);
      reset.proxy.fail(/^DELETE .*otp_sms/, fault);
      const stopped = await reset.run(planned);
      expect(stopped).toMatchObject({
        state: 'stopped',
        leftLocked: true,
        actions: { run: true, skip: true, cancel: true },
      });
      expect(stopped.steps.find(({ deed }) => deed.step === 'removeFactor')).toMatchObject(step);
      expect(stepLines(stopped).slice(-4)).toEqual([
        'remove otpEmail: planned',
        'sendPasswordReset: planned',
        'tellUser: planned',
        'unlockUser: planned',
      ]);
      expect(await isLocked(userId)).toBe(true);
      expect((await reset.run(stopped)).state).toBe('done');
      expect(await isLocked(userId)).toBe(false);
    },
  );

  it('whose answer was lost is read back and done, and not tried twice', async () => {
    const planned = await reset.start(await person(), { remove: [{ kind: 'otpSms' }] });
    reset.proxy.fail(/^DELETE .*otp_sms/, { kind: 'resetAfter' });
    expect(stepLines(await reset.run(planned))).toContain('remove otpSms: done');
    expect(reset.proxy.seen.filter((line) => /^DELETE .*otp_sms/.test(line))).toHaveLength(1);
  });

  it('of which nobody can tell stops the case; run again it counts as done when it is so', async () => {
    const planned = await reset.start(await person(), { remove: [{ kind: 'otpSms' }], reenrolment: 'none' });
    reset.proxy.fail(/^DELETE .*otp_sms/, { kind: 'resetAfter' });
    reset.proxy.fail(/_factors\/_search/, denied, { after: 1, times: 9 });
    const stopped = await reset.run(planned);
    expect(stepLines(stopped)).toContain('remove otpSms: unknown');
    reset.proxy.calm();
    expect(stepLines(await reset.run(stopped))).toContain('remove otpSms: unneeded');
  });

  it('a password reset mail whose answer was lost is unknown, and sent again when the agent says so', async () => {
    const userId = await person();
    const planned = await reset.start(userId, { remove: [], sessions: [] });
    reset.proxy.fail(/password_reset/, { kind: 'resetAfter' });
    const stopped = await reset.run(planned);
    expect(stepLines(stopped)).toContain('sendPasswordReset: unknown');
    expect(stepLines(await reset.run(stopped))).toContain('sendPasswordReset: done');
    expect(await mailsTo(userId)).toHaveLength(3);
  });

  it('for want of a session leaves the case interrupted, until the agent has signed in again', async () => {
    const planned = await reset.start(await person());
    reset.proxy.fail(/^DELETE .*otp_sms/, zitadelError(401, 16, 'Errors.Token.Invalid', 'AUTH-7fs1e'), { times: 2 });
    const interrupted = await reset.run(planned);
    expect(interrupted).toMatchObject({ state: 'interrupted', actions: { run: true } });
    expect(interrupted.steps[2]).toMatchObject({ state: 'planned', problem: 'session_expired' });
    expect((await reset.run(interrupted)).state).toBe('done');
  });
});

describe('the lock', () => {
  it('that somebody else made since the plan stops the case; run again the agent has taken note', async () => {
    const userId = await person();
    const planned = await reset.start(userId, { reenrolment: 'none' });
    await reset.world.api('POST', `/v2/users/${userId}/lock`);
    const stopped = await reset.run(planned);
    expect(stopped.state).toBe('stopped');
    expect(stopped.steps[0]).toMatchObject({ state: 'refused', problem: 'case_changed' });
    expect(stepLines(await reset.run(stopped))).toContain('unlockUser: done');
  });

  const dispute = (resetId: string) =>
    reset.kept.store.updateTable('notices').set({ disputed_at: Date.now() }).where('reset_id', '=', resetId).execute();

  it('is not undone by the case when the person said that it was not them', async () => {
    const userId = await person();
    const planned = await reset.start(userId, { reenrolment: 'none' });
    reset.proxy.fail(/\/unlock$/, denied);
    const stopped = await reset.run(planned);
    expect(stepLines(stopped)).toContain('unlockUser: refused');
    await dispute(planned.resetId);
    reset.proxy.calm();
    const done = await reset.run(stopped);
    expect(done).toMatchObject({ state: 'done', disputed: { at: expect.any(String) }, leftLocked: true });
    expect(stepLines(done)).toContain('unlockUser: skipped, disputed');
    expect([changesSeen(), await isLocked(userId)]).toEqual([[], true]);
  });

  it('is made again when they say so while ZITADEL is being asked to undo it', async () => {
    const userId = await person();
    const planned = await reset.start(userId, { reenrolment: 'none' });
    reset.proxy.fail(/\/unlock$/, { kind: 'hangAfter' });
    await reset.act(planned, 'run');
    await expect.poll(() => isLocked(userId), { timeout: 10_000 }).toBe(true);
    await expect.poll(() => isLocked(userId), { timeout: 10_000 }).toBe(false);
    await dispute(planned.resetId);
    expect(stepLines(await reset.settled(planned.resetId))).toContain('unlockUser: skipped, disputed');
    expect(await isLocked(userId)).toBe(true);
  });
});

it('with more removals than the agent may still make does not begin', async () => {
  const { store, clock, log } = reset.parts;
  const removalLimits = createRemovalLimits({ store, clock, log, onAlarm: () => {}, scale: 0.1 });
  const routes = await reset.serve({ removalLimits });
  const hasty = await reset.world.makeCaller('ORG_USER_MANAGER', reset.home);
  const runOne = async () => {
    const { user, resetId } = await reset.start(await person(), { lock: false, reenrolment: 'none' }, hasty);
    return await routes.call(hasty, 'POST', `/bff/api/users/${user.userId}/resets/${resetId}/run`, {});
  };
  expect((await runOne()).status).toBe(200);
  const answer = await runOne();
  expect(answer.problem()).toMatchObject({ code: 'rate_limited', limit: 'removals/h' });
  await routes.close();
});

describe('the telling', () => {
  it('waits for a mail server that is away, and keeps nothing back', async () => {
    const sender = createMailSender('smtp://127.0.0.1:1', 'Latchkey <latchkey@example.org>');
    const routes = await reset.serve({ notices: { ...reset.parts.notices, sender } });
    const userId = await person();
    const planned = await reset.start(userId, { reenrolment: 'none' });
    const path = `/bff/api/users/${userId}/resets/${planned.resetId}/run`;
    expect((await routes.call(reset.agent, 'POST', path, {})).status).toBe(200);
    const done = await reset.settled(planned.resetId);
    expect(done).toMatchObject({ state: 'done', notice: { state: 'waiting', attempts: 1 } });
    expect(stepLines(done).slice(-2)).toEqual(['tellUser: waiting', 'unlockUser: done']);
    await routes.close();
  });
});
