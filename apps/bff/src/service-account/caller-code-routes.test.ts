import { CallerCode, type CodeChannel } from '@latchkey/contract/reset';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { createAuditLog } from '../audit/audit-log.ts';
import { type ServedRoutes, type SignedIn, serveRoutes } from '../testing/serve-routes.ts';
import { type ServiceWorld, startServiceWorld } from '../testing/service-world.ts';
import { dumpDatabase } from '../testing/test-database.ts';
import { callerCodeRoutes } from './caller-code-routes.ts';
import { useCallerCode } from './caller-codes.ts';
import { endCallerCodes } from './end-caller-codes.ts';
import type { CallerCodeParts } from './send-caller-code.ts';

let rig: ServiceWorld;
let parts: CallerCodeParts;
let bff: ServedRoutes;
let organisationId: string;
let agent: SignedIn;

beforeAll(async () => {
  rig = await startServiceWorld();
  const { kept, clock, zitadel, serviceAccount } = rig;
  const audit = createAuditLog(kept.store, clock, pino({ level: 'silent' }));
  parts = { store: kept.store, clock, zitadel, serviceAccount, audit, rateScale: 1_000 };
  bff = await serveRoutes(callerCodeRoutes(parts));
  organisationId = await rig.world.makeOrganisation();
  agent = await rig.world.makeCaller('ORG_USER_MANAGER', organisationId);
});
afterAll(async () => {
  await bff?.close();
  await rig?.stop();
});
beforeEach(() => rig.proxy.calm());

const path = (userId: string) => `/bff/api/users/${userId}/caller-codes`;

async function send(userId: string, channel: CodeChannel = 'otpEmail', as: SignedIn = agent): Promise<CallerCode> {
  const answer = await bff.call(as, 'POST', path(userId), { channel });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return z.parse(CallerCode, answer.body);
}
function check(userId: string, { callerCodeId }: CallerCode, code: string, as: SignedIn = agent) {
  return bff.call(as, 'POST', `${path(userId)}/${callerCodeId}/check`, { code });
}
async function codeTo(to: string): Promise<string> {
  const [newest] = await rig.outbox(to);
  if (!newest?.code) throw new Error(`no code to ${to}`);
  return newest.code;
}
/** Another one than that. */
const wrong = (code: string): string => (code === '00000000' ? '11111111' : '00000000');
const rowOf = ({ callerCodeId }: CallerCode) =>
  rig.kept.store
    .selectFrom('caller_codes')
    .selectAll()
    .where('caller_code_id', '=', callerCodeId)
    .executeTakeFirstOrThrow();

describe('a code', () => {
  it('is sent by ZITADEL to the verified email, and taken when it is right', async () => {
    const userId = await rig.world.makePerson(organisationId);
    const email = await rig.emailOf(userId);
    const sent = await send(userId);
    expect(sent).toMatchObject({ channel: 'otpEmail', state: 'sent', attemptsLeft: 3, to: 'p•••@example.org' });
    const answer = await check(userId, sent, await codeTo(email));
    expect(answer.status).toBe(200);
    expect(z.parse(CallerCode, answer.body).state).toBe('verified');
    expect(await rig.sessionsOf(userId)).toEqual([]);
    expect((await rowOf(sent)).session_id).toBeNull();
  });

  it('goes to the phone, too, of which two digits are shown', async () => {
    const userId = await rig.world.makePerson(organisationId);
    const sent = await send(userId, 'otpSms');
    expect(sent.to).toBe('••• 67');
    const answer = await check(userId, sent, await codeTo('+41791234567'));
    expect(z.parse(CallerCode, answer.body).state).toBe('verified');
  });

  it('says so again when it was right already, and asks ZITADEL no more', async () => {
    const userId = await rig.world.makePerson(organisationId);
    const sent = await send(userId);
    await check(userId, sent, await codeTo(await rig.emailOf(userId)));
    rig.proxy.calm();
    const again = await check(userId, sent, '99999999');
    expect(z.parse(CallerCode, again.body).state).toBe('verified');
    expect(rig.proxy.seen.filter((line) => line.startsWith('PATCH'))).toEqual([]);
  });

  it('fails after three wrong ones, and is not taken any more', async () => {
    const userId = await rig.world.makePerson(organisationId);
    const sent = await send(userId);
    const code = await codeTo(await rig.emailOf(userId));
    for (const attemptsLeft of [2, 1, 0]) {
      const answer = await check(userId, sent, wrong(code));
      expect(answer.status).toBe(422);
      expect(answer.problem()).toMatchObject({ code: 'code_wrong', attemptsLeft });
    }
    expect(await rig.sessionsOf(userId)).toEqual([]);
    const right = await check(userId, sent, code);
    expect(z.parse(CallerCode, right.body)).toMatchObject({ state: 'failed', attemptsLeft: 0 });
    expect(await use(sent, userId)).toBeNull();
  });

  it('takes no more than three tries, however many come at once', async () => {
    const userId = await rig.world.makePerson(organisationId);
    const sent = await send(userId);
    const code = await codeTo(await rig.emailOf(userId));
    const answers = await Promise.all(Array.from({ length: 12 }, () => check(userId, sent, wrong(code))));
    const asked = rig.proxy.seen.filter((line) => line.startsWith('PATCH')).length;
    expect(asked).toBeLessThanOrEqual(3);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(asked);
    for (const { status, body } of answers) if (status === 200) expect(body).toMatchObject({ state: 'failed' });
  });

  it('is found right when the answer was lost on the way', async () => {
    const userId = await rig.world.makePerson(organisationId);
    const sent = await send(userId);
    rig.proxy.fail(/^PATCH /, { kind: 'resetAfter' });
    const answer = await check(userId, sent, await codeTo(await rig.emailOf(userId)));
    expect(z.parse(CallerCode, answer.body).state).toBe('verified');
  });

  it('expires', async () => {
    const userId = await rig.world.makePerson(organisationId);
    const sent = await send(userId);
    const code = await codeTo(await rig.emailOf(userId));
    expect(await rig.sessionsOf(userId)).toHaveLength(1);
    rig.advance(5 * 60_000);
    const answer = await check(userId, sent, code);
    expect(z.parse(CallerCode, answer.body).state).toBe('expired');
    expect(await rig.sessionsOf(userId)).toEqual([]);
  });
});

const use = ({ callerCodeId }: CallerCode, userId: string, agentId = agent.userId, resetId = 'case-1') =>
  useCallerCode(parts, { callerCodeId, agentId, userId, resetId });

describe('a verified code', () => {
  it('is good for one case of its agent and its user', async () => {
    const userId = await rig.world.makePerson(organisationId);
    const sent = await send(userId);
    expect(await use(sent, userId)).toBeNull();
    await check(userId, sent, await codeTo(await rig.emailOf(userId)));
    expect(await use(sent, userId, 'somebody')).toBeNull();
    expect(await use(sent, 'somebody')).toBeNull();
    expect(await use(sent, userId)).toEqual({ to: sent.to });
    expect(await use(sent, userId)).toEqual({ to: sent.to });
    expect(await use(sent, userId, agent.userId, 'case-2')).toBeNull();
  });

  it('is too old after half an hour', async () => {
    const userId = await rig.world.makePerson(organisationId);
    const sent = await send(userId);
    await check(userId, sent, await codeTo(await rig.emailOf(userId)));
    rig.advance(30 * 60_000 + 1);
    expect(await use(sent, userId)).toBeNull();
  });

  it('opens one of two cases that ask at once', async () => {
    const userId = await rig.world.makePerson(organisationId);
    const sent = await send(userId);
    await check(userId, sent, await codeTo(await rig.emailOf(userId)));
    const used = await Promise.all(['a', 'b', 'c', 'd'].map((id) => use(sent, userId, agent.userId, id)));
    expect(used.filter((to) => to !== null)).toHaveLength(1);
  });
});

describe('refusals', () => {
  it.each([['other agent', async () => await rig.world.makeCaller('ORG_USER_MANAGER', organisationId)]])(
    'hide a code from an%s',
    async (_who, makeOther) => {
      const userId = await rig.world.makePerson(organisationId);
      const sent = await send(userId);
      const other = await makeOther();
      expect((await check(userId, sent, '12345678', other)).problem().code).toBe('not_found');
      const elsewhere = await rig.world.makePerson(organisationId);
      expect((await check(elsewhere, sent, '12345678')).problem().code).toBe('not_found');
      expect((await rowOf(sent)).attempts).toBe(0);
    },
  );

  it('come before anything is sent', async () => {
    const userId = await rig.world.makePerson(organisationId);
    const higher = await rig.world.makePerson(organisationId, 'IAM_OWNER');
    const viewer = await rig.world.makeCaller('ORG_OWNER_VIEWER', organisationId);
    const stranger = await rig.world.makeCaller('ORG_USER_MANAGER', await rig.world.makeOrganisation());
    const refused = async (as: SignedIn, whom: string, channel: CodeChannel = 'otpEmail') =>
      (await bff.call(as, 'POST', path(whom), { channel })).problem();
    rig.proxy.calm();
    expect(await refused(agent, higher)).toMatchObject({ code: 'rank_refused' });
    expect(await refused(viewer, userId)).toMatchObject({ code: 'not_permitted', permission: 'user.write' });
    expect(await refused({ ...agent, userId }, userId)).toMatchObject({ code: 'self_refused' });
    expect((await refused(stranger, userId)).code).toMatch(/^not_(found|permitted)$/);
    await rig.world.api('DELETE', `/v2/users/${userId}/otp_email`);
    await expect.poll(() => refused(agent, userId)).toMatchObject({ code: 'precondition_failed' });
    await rig.world.api('POST', `/v2/users/${userId}/lock`);
    await expect.poll(() => refused(agent, userId, 'otpSms')).toMatchObject({ code: 'precondition_failed' });
    expect(rig.proxy.seen.filter((line) => line === 'POST /v2/sessions')).toEqual([]);
  });

  it('say that there is no such thing where no service account is set up', async () => {
    const without = await serveRoutes(callerCodeRoutes({ ...parts, serviceAccount: null }));
    const userId = await rig.world.makePerson(organisationId);
    const answer = await without.call(agent, 'POST', path(userId), { channel: 'otpEmail' });
    expect(answer.problem().code).toBe('not_found');
    await without.close();
  });

  it('stop the sixth code an hour to one person, and the twenty-first by one agent', async () => {
    const strict = await serveRoutes(callerCodeRoutes({ ...parts, rateScale: 1 }));
    const busy = await rig.world.makeCaller('ORG_USER_MANAGER', organisationId);
    const sendTo = (userId: string, as: SignedIn) => strict.call(as, 'POST', path(userId), { channel: 'otpEmail' });
    const people: string[] = [];
    for (let index = 0; index < 5; index += 1) people.push(await rig.world.makePerson(organisationId));
    const [first = ''] = people;
    for (let index = 0; index < 5; index += 1) expect((await sendTo(first, busy)).status).toBe(200);
    const refusal = await sendTo(first, agent);
    expect(refusal.problem()).toMatchObject({ code: 'rate_limited' });
    expect(refusal.problem().retryAfter).toBeGreaterThan(3_000);
    for (const userId of people.slice(1, 4)) {
      for (let index = 0; index < 5; index += 1) expect((await sendTo(userId, busy)).status).toBe(200);
    }
    expect((await sendTo(people[4] ?? '', busy)).problem().code).toBe('rate_limited');
    rig.advance(3_600_000);
    expect((await sendTo(first, agent)).status).toBe(200);
    await strict.close();
  });
});

it('ends the sessions of codes later when ZITADEL was away, and forgets the codes', async () => {
  const userId = await rig.world.makePerson(organisationId);
  const sent = await send(userId);
  rig.proxy.fail(/^DELETE \/v2\/sessions/, { kind: 'reset' }, { times: 4 });
  await check(userId, sent, await codeTo(await rig.emailOf(userId)));
  expect(await rig.sessionsOf(userId)).toHaveLength(1);
  await endCallerCodes(parts, rig.serviceAccount);
  rig.proxy.calm();
  expect(await rig.sessionsOf(userId)).toHaveLength(1);
  await endCallerCodes(parts, rig.serviceAccount);
  expect(await rig.sessionsOf(userId)).toEqual([]);
  rig.advance(30 * 60_000);
  await endCallerCodes(parts, rig.serviceAccount);
  const left = rig.kept.store.selectFrom('caller_codes').selectAll().where('caller_code_id', '=', sent.callerCodeId);
  expect(await left.execute()).toEqual([]);
});

it('is written down under the name of the service account, with who asked', async () => {
  const userId = await rig.world.makePerson(organisationId);
  const sent = await send(userId);
  const code = await codeTo(await rig.emailOf(userId));
  await check(userId, sent, wrong(code));
  await check(userId, sent, code);
  const rows = (await rig.kept.rows()).filter((row) => row.user_id === userId);
  expect(rows.map(({ act, phase, outcome, code: problem }) => [act, phase, outcome, problem])).toEqual([
    ['sendCallerCode', 'intent', null, null],
    ['sendCallerCode', 'outcome', 'done', null],
    ['checkCallerCode', 'intent', null, null],
    ['checkCallerCode', 'outcome', 'refused', 'code_wrong'],
    ['checkCallerCode', 'intent', null, null],
    ['checkCallerCode', 'outcome', 'done', null],
  ]);
  for (const row of rows) {
    expect(row.actor_id).toBe(rig.serviceAccountId);
    expect(JSON.parse(row.detail)).toMatchObject({ agentId: agent.userId, channel: 'otpEmail' });
  }
});

it('leaves no token, no code and no address in the database, the log and the answers', async () => {
  const userId = await rig.world.makePerson(organisationId);
  const email = await rig.emailOf(userId);
  const answers: unknown[] = [];
  const sent = await send(userId);
  const code = await codeTo(email);
  const sessionId = (await rowOf(sent)).session_id ?? '';
  expect(sessionId).not.toBe('');
  answers.push(sent, (await check(userId, sent, wrong(code))).body, (await check(userId, sent, code)).body);
  const where = rig.kept.databaseUrl || `${rig.kept.data}/bff/latchkey.db`;
  const tables = ['caller_codes', 'audit', 'rate_counts', 'idempotency', 'notices'];
  const written = [await dumpDatabase(where, tables), ...rig.logged, JSON.stringify(answers)].join('\n');
  expect(written).toContain(sent.callerCodeId);
  // A session's token begins with its id and a dot.
  for (const secret of [rig.server.loginClientToken, code, `${sessionId}.`, email])
    expect(written).not.toContain(secret);
});
