import type { Reset } from '@latchkey/contract/reset';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { everything, openResetWorld, type ResetWorld, stepLines } from '../testing/reset-world.ts';
import type { ServedRoutes, SignedIn } from '../testing/serve-routes.ts';

let reset: ResetWorld;
const opened: ServedRoutes[] = [];
beforeAll(async () => {
  reset = await openResetWorld();
}, 60_000);
afterAll(() => reset?.stop());
afterEach(async () => {
  await Promise.all(opened.splice(0).map((routes) => routes.close()));
});

async function storedCases(userId: string): Promise<number> {
  const rows = await reset.kept.store.selectFrom('resets').selectAll().where('user_id', '=', userId).execute();
  return rows.length;
}
/** The routes as they are with other settings of the operator. */
async function serveWith(config: Partial<ResetWorld['parts']['config']>): Promise<ServedRoutes> {
  const routes = await reset.serve({ config: { ...reset.parts.config, ...config } });
  opened.push(routes);
  return routes;
}
const startAt = (routes: ServedRoutes, as: SignedIn, userId: string, more: object = {}) =>
  routes.call(as, 'POST', `/bff/api/users/${userId}/resets`, {
    reason: 'lost phone',
    caller: { how: 'callBack' },
    choice: everything,
    ...more,
  });

describe('what the first screen is told', () => {
  it('is all that a case needs', async () => {
    const userId = await reset.world.makePerson(reset.home);
    await reset.world.api('POST', `/v2/users/${userId}/totp`);
    await reset.beginSession(userId);
    const options = await reset.options(userId);
    expect(options).toMatchObject({
      user: { userId, state: 'active', phone: { number: '+41791234567', verified: true }, roles: [] },
      start: { allowed: true },
      openReset: null,
      factors: [{ kind: 'totp', state: 'notReady' }, { kind: 'otpSms' }, { kind: 'otpEmail' }],
      sessions: [{ checks: [] }],
      steps: {
        removeFactor: { allowed: true },
        removeRecoveryCodes: { allowed: false, because: 'permission', permission: 'user.credential.write' },
        endSession: { allowed: true },
        lock: { allowed: true },
        passwordReset: { allowed: true },
        passkeyLink: { allowed: false, because: 'permission', permission: 'user.passkey.write', role: 'ORG_OWNER' },
      },
      channels: null,
      notice: { address: expect.stringContaining('@example.org'), mail: true, notMe: false },
      approval: null,
      refresh: { idle: 86_400, absolute: 864_000 },
      ticketPattern: null,
      brake: { limit: 10_000, endsAt: null },
    });
    expect((await reset.options(userId, reset.owner)).steps.passkeyLink).toEqual({ allowed: true });
  });

  it('says who may not be reset, and why', async () => {
    const chief = await reset.world.makePerson(reset.home, 'ORG_OWNER');
    const machine = await reset.world.makeCaller(undefined, reset.home);
    const person = await reset.world.makePerson(reset.home);
    const viewer = await reset.world.makeCaller('ORG_OWNER_VIEWER', reset.home);
    const start = async (userId: string, as?: SignedIn) => (await reset.options(userId, as)).start;
    expect(await start(reset.agent.userId)).toEqual({ allowed: false, because: 'self' });
    expect(await start(chief)).toEqual({ allowed: false, because: 'rank' });
    expect(await start(machine.userId)).toEqual({ allowed: false, because: 'state' });
    expect(await start(person, viewer)).toMatchObject({
      allowed: false,
      because: 'permission',
      role: expect.anything(),
    });
  });

  it('says what ZITADEL would refuse of somebody deactivated, and the plan leaves it out', async () => {
    const userId = await reset.world.makePerson(reset.home);
    await reset.world.api('POST', `/v2/users/${userId}/deactivate`);
    expect((await reset.options(userId)).steps.lock).toEqual({ allowed: false, because: 'state' });
    const done = await reset.run(await reset.start(userId));
    expect(stepLines(done)).toContain('lockUser: skipped, state');
    expect(done.state).toBe('done');
  });
});

describe('a case is not started', () => {
  it.each([
    ['on oneself', 'self_refused', () => Promise.resolve(reset.agent.userId)],
    ['on somebody above', 'rank_refused', () => reset.world.makePerson(reset.home, 'ORG_OWNER')],
    ['on a machine', 'precondition_failed', async () => (await reset.world.makeCaller(undefined, reset.home)).userId],
  ])('%s', async (_what, code, findUser) => {
    const userId = await findUser();
    expect((await reset.tryStart(userId)).problem().code).toBe(code);
    expect(await storedCases(userId)).toBe(0);
  });

  it('without user.write', async () => {
    const userId = await reset.world.makePerson(reset.home);
    const viewer = await reset.world.makeCaller('ORG_OWNER_VIEWER', reset.home);
    const answer = await reset.tryStart(userId, {}, viewer);
    expect(answer.problem()).toMatchObject({ code: 'not_permitted', permission: 'user.write' });
    const stranger = await reset.world.makeCaller('ORG_USER_MANAGER', await reset.world.makeOrganisation());
    expect((await reset.tryStart(userId, {}, stranger)).problem().code).toBe('not_permitted');
    expect(await storedCases(userId)).toBe(0);
  });

  it.each([
    ['a factor that is not there', { remove: [{ kind: 'otpSms' }, { kind: 'totp' }] }, 'choice.remove.1'],
    ['the same factor twice', { remove: [{ kind: 'otpSms' }, { kind: 'otpSms' }] }, 'choice.remove.1'],
    ['a session that is not there', { sessions: ['123456'] }, 'choice.sessions.0'],
    ['nothing to do', { remove: [], sessions: [], lock: false, reenrolment: 'none' }, 'choice'],
    ['kept locked without a lock', { lock: false, keepLocked: true }, 'choice.keepLocked'],
  ] as const)('with %s', async (_what, choice, path) => {
    const userId = await reset.world.makePerson(reset.home);
    const answer = await reset.tryStart(userId, choice as object);
    expect(answer.problem()).toMatchObject({ code: 'invalid_input', fields: [{ path }] });
    expect(await storedCases(userId)).toBe(0);
  });

  it.each([
    ['without a reason', { reason: ' ' }, 'reason'],
    ['after a knowledge question', { caller: { how: 'birthDate' } }, 'caller.how'],
    ['on a code nobody sent', { caller: { how: 'code', callerCodeId: 'abc' } }, 'caller.callerCodeId'],
  ])('%s', async (_what, more, path) => {
    const userId = await reset.world.makePerson(reset.home);
    const answer = await reset.tryStart(userId, {}, reset.agent, more);
    expect(answer.problem()).toMatchObject({ code: 'invalid_input', fields: [{ path }] });
    expect(await storedCases(userId)).toBe(0);
  });

  it('without a ticket of the form the operator wants', async () => {
    const routes = await serveWith({ ticketPattern: /^(?:INC-\d+)$/u });
    const userId = await reset.world.makePerson(reset.home);
    for (const more of [{}, { ticket: 'inc-1' }, { ticket: 'xINC-1' }]) {
      const answer = await startAt(routes, reset.agent, userId, more);
      expect(answer.problem()).toMatchObject({ code: 'invalid_input', fields: [{ path: 'ticket' }] });
    }
    const options = await routes.call(reset.agent, 'GET', `/bff/api/users/${userId}/reset-options`);
    expect(options.body).toMatchObject({ ticketPattern: 'INC-\\d+' });
    expect((await startAt(routes, reset.agent, userId, { ticket: 'INC-1' })).status).toBe(200);
  });
});

describe('a code that the caller read out', () => {
  it('is good for one case of this agent about this person', async () => {
    const [userId, other] = [await reset.world.makePerson(reset.home), await reset.world.makePerson(reset.home)];
    const now = reset.parts.clock();
    const row = { channel: 'otpSms', masked_to: '••• 67', session_id: 's', state: 'verified', attempts: 1 } as const;
    const ids = { caller_code_id: `code-${userId}`, agent_id: reset.agent.userId, user_id: userId };
    const times = { created_at: now, expires_at: now + 300_000, used_for: null };
    await reset.kept.store
      .insertInto('caller_codes')
      .values({ ...row, ...ids, ...times })
      .execute();
    const caller = { how: 'code', callerCodeId: ids.caller_code_id };
    const colleague = await reset.world.makeCaller('ORG_USER_MANAGER', reset.home);
    for (const [person, as] of [
      [other, reset.agent],
      [userId, colleague],
    ] as const) {
      const answer = await reset.tryStart(person, {}, as, { caller });
      expect(answer.problem()).toMatchObject({ code: 'invalid_input', fields: [{ path: 'caller.callerCodeId' }] });
    }
    // What the code went to stays; and what is refused does not use the code up.
    const vouched = await reset.tryStart(userId, {}, reset.agent, { caller });
    const fields = [{ path: 'caller.callerCodeId' }, { path: 'choice.remove.0' }];
    expect(vouched.problem()).toMatchObject({ code: 'invalid_input', fields });
    const blocking = await reset.start(userId);
    const kept = { remove: [{ kind: 'otpEmail' as const }] };
    expect((await reset.tryStart(userId, kept, reset.agent, { caller })).problem().code).toBe('case_open');
    await reset.act(blocking, 'cancel');
    const answer = await reset.tryStart(userId, kept, reset.agent, { caller });
    expect(answer.body).toMatchObject({ caller: { how: 'code', to: '••• 67' }, state: 'planned' });
    const { planHash, resetId } = answer.body as Reset;
    const audited = (await reset.kept.rows()).find(({ detail }) => detail.includes(resetId));
    expect(JSON.parse(audited?.detail ?? '{}')).toMatchObject({ caller: { how: 'code', to: '••• 67' }, planHash });
    await reset.act(answer.body as Reset, 'cancel');
    expect((await reset.tryStart(userId, kept, reset.agent, { caller })).problem().code).toBe('invalid_input');
  });
});

describe('two cases of one person', () => {
  it('are never open at once, in however many processes they are started', async () => {
    const userId = await reset.world.makePerson(reset.home);
    const other = await reset.world.makeCaller('ORG_USER_MANAGER', reset.home);
    const second = await serveWith({});
    const answers = await Promise.all([
      reset.tryStart(userId),
      startAt(second, other, userId),
      reset.tryStart(userId, {}, other),
      startAt(second, reset.agent, userId),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await storedCases(userId)).toBe(1);
    const { openReset } = await reset.options(userId);
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expect(answer.problem()).toMatchObject({ code: 'case_open', resetId: openReset?.resetId });
    }
  });

  it('may follow each other', async () => {
    const userId = await reset.world.makePerson(reset.home);
    const first = await reset.start(userId);
    await reset.act(first, 'cancel');
    expect((await reset.start(userId)).state).toBe('planned');
  });
});

describe('the brake', () => {
  it('counts the cases of an hour, over restarts, and says until when', async () => {
    const { agent } = reset;
    const hasty = await reset.world.makeCaller('ORG_USER_MANAGER', reset.home);
    const people = await Promise.all(Array.from({ length: 12 }, () => reset.world.makePerson(reset.home)));
    const routes = await serveWith({ rateScale: 1 });
    for (const userId of people.slice(0, 8)) expect((await startAt(routes, hasty, userId)).status).toBe(200);
    // At the same moment, by way of a process that has just started: two fit.
    const restarted = await serveWith({ rateScale: 1 });
    const answers = await Promise.all(people.slice(8).map((userId) => startAt(restarted, hasty, userId)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expect(answer.problem()).toMatchObject({ code: 'rate_limited', limit: 'resets/h' });
    }
    const options = await restarted.call(hasty, 'GET', `/bff/api/users/${people[0]}/reset-options`);
    expect(options.body).toMatchObject({ brake: { left: 0, limit: 10, endsAt: expect.any(String) } });
    // Nothing of those that were one too many is left, and others are not braked.
    const refused = people.slice(8)[answers.findIndex(({ status }) => status !== 200)] ?? '';
    expect((await startAt(restarted, agent, refused)).status).toBe(200);
    reset.advance(3_600_000);
    const spare = await reset.world.makePerson(reset.home);
    expect((await startAt(restarted, hasty, spare)).status).toBe(200);
  });
});
