import { NotMeAnswer } from '@latchkey/contract/not-me';
import { notMePath } from '@latchkey/contract/paths';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type MailReceiver, startMailReceiver } from '../../testing/mail-receiver.ts';
import { createTestNotices, noticeFor } from '../../testing/notice-world.ts';
import { type ServedRoutes, type SignedIn, serveRoutes } from '../../testing/serve-routes.ts';
import { type ServiceWorld, startServiceWorld } from '../../testing/service-world.ts';
import { dumpDatabase } from '../../testing/test-database.ts';
import { deliverDueNotices } from '../deliver-notice.ts';
import type { NoticeParts } from '../notice-parts.ts';
import { readDispute, readNotice, tellUser, type UserNotice } from '../tell-user.ts';
import { retryDisputes } from './not-me.ts';
import { notMeRoutes } from './not-me-routes.ts';

let rig: ServiceWorld;
let receiver: MailReceiver;
let parts: NoticeParts;
let bff: ServedRoutes;
let organisationId: string;
let owner: string;
const nobody: SignedIn = { userId: 'nobody', token: '' };

beforeAll(async () => {
  rig = await startServiceWorld();
  receiver = await startMailReceiver();
  const log = pino({ level: 'debug' }, { write: (line: string) => void rig.logged.push(line) });
  const { clock, serviceAccount } = rig;
  parts = createTestNotices(rig.kept, { smtpUrl: receiver.url, clock, serviceAccount, log });
  bff = await serveRoutes(notMeRoutes(parts));
  organisationId = await rig.world.makeOrganisation();
  owner = await rig.emailOf(await rig.world.makePerson(organisationId, 'IAM_OWNER'));
});
afterAll(async () => {
  await bff?.close();
  await receiver?.stop();
  await rig?.stop();
});
beforeEach(() => {
  rig.proxy.calm();
  receiver.mails.splice(0);
  receiver.behaviour = 'take';
});

/** Somebody who was told of a reset, and the code in their mail. */
async function tellSomebody(different: Partial<UserNotice> = {}): Promise<UserNotice & { code: string }> {
  const userId = await rig.world.makePerson(organisationId);
  const agentId = await rig.world.makePerson(organisationId);
  const agent = { userId: agentId, name: 'Grace', email: await rig.emailOf(agentId) };
  const notice = noticeFor({ userId, address: await rig.emailOf(userId), agent, ...different });
  await tellUser(parts, notice);
  return { ...notice, code: codeFor(notice) };
}
function codeFor({ address }: UserNotice): string {
  const mail = receiver.mails.findLast(({ to }) => to[0] === address);
  return /\/not-me#(\S+)$/m.exec(mail?.text ?? '')?.[1] ?? '';
}
const press = (code: string, method = 'POST') => bff.call(nobody, method, notMePath, { code });
const stateOf = async (userId: string): Promise<string> =>
  (await rig.world.api('GET', `/v2/users/${userId}`)).user.state;
const mailsTo = (address: string | null) => receiver.mails.filter(({ to }) => to[0] === address);

describe('"this was not me"', () => {
  it('locks the account, once, and tells the agent and the owners', async () => {
    const notice = await tellSomebody();
    expect(notice.code).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const answer = await press(notice.code);
    expect(answer.status).toBe(200);
    expect(z.parse(NotMeAnswer, answer.body)).toEqual({ outcome: 'locked' });
    expect(await stateOf(notice.userId)).toBe('USER_STATE_LOCKED');

    await expect.poll(() => mailsTo(notice.agent.email).length).toBe(1);
    await expect.poll(() => mailsTo(owner).length).toBe(1);
    for (const { text, subject } of [...mailsTo(notice.agent.email), ...mailsTo(owner)]) {
      expect(subject).toBe('A person says: this reset was not me');
      expect(text).toContain(`https://latchkey.example.com/resets/${notice.resetId}`);
      expect(text).toContain('The account is locked now.');
      expect(text).not.toContain(notice.code);
    }

    expect((await press(notice.code)).problem().code).toBe('not_found');
    const dispute = (await readDispute(parts, [notice.resetId, 'another'])).get(notice.resetId);
    expect(dispute).toEqual({ at: expect.stringMatching(/^20/), locked: true });
  });

  it('is written down under the name of the service account', async () => {
    const notice = await tellSomebody();
    await press(notice.code);
    const rows = (await rig.kept.rows()).filter((row) => row.user_id === notice.userId);
    expect(rows.map(({ act, phase, outcome }) => [act, phase, outcome])).toEqual([
      ['disputeReset', 'intent', null],
      ['disputeReset', 'outcome', 'done'],
      ['lockUser', 'intent', null],
      ['lockUser', 'outcome', 'done'],
    ]);
    for (const row of rows) {
      expect(row).toMatchObject({ actor_id: rig.serviceAccountId, organisation_id: organisationId });
      expect(row.reason).toBe('The person said by the link in their mail: this was not me');
      expect(row.address).toMatch(/127\.0\.0\.1$/);
    }
    expect(JSON.parse(rows[0]?.detail ?? '')).toEqual({ resetId: notice.resetId });
  });

  it('counts once, however often it is pressed at the same time', async () => {
    const { code, userId } = await tellSomebody();
    const answers = await Promise.all(Array.from({ length: 8 }, () => press(code)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(7).fill(404)]);
    expect(rig.proxy.seen.filter((line) => line === `POST /v2/users/${userId}/lock`)).toHaveLength(1);
  });

  it('does nothing for whoever only looks at the link', async () => {
    const { code, userId } = await tellSomebody();
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const body = method === 'GET' ? undefined : { code };
      const answer = await bff.call(nobody, method, `${notMePath}?code=${code}`, body);
      expect(answer.status).toBe(405);
    }
    expect(await stateOf(userId)).toBe('USER_STATE_ACTIVE');
    expect((await press(code)).status).toBe(200);
  });

  it('answers the same to codes that are used, expired, forged or none', async () => {
    const used = await tellSomebody();
    await press(used.code);
    const expired = await tellSomebody();
    rig.advance(7 * 24 * 3_600_000);
    const forged = `${expired.code.slice(0, -1)}${expired.code.endsWith('A') ? 'B' : 'A'}`;
    rig.proxy.calm();
    const answers = await Promise.all([used.code, expired.code, forged, '', "' or 1=1 --"].map((code) => press(code)));
    const documents = answers.map((answer) => ({ ...answer.problem(), requestId: '' }));
    expect(new Set(documents.map((document) => JSON.stringify(document))).size).toBe(1);
    expect(documents[0]?.code).toBe('not_found');
    expect(rig.proxy.seen).toEqual([]);
    expect(await stateOf(expired.userId)).toBe('USER_STATE_ACTIVE');
  });

  it('counts for an account that is locked already, and looks again whether it stays so', async () => {
    const notice = await tellSomebody();
    await rig.world.api('POST', `/v2/users/${notice.userId}/lock`);
    expect((await press(notice.code)).body).toEqual({ outcome: 'locked' });
    // The case that had locked it ends at the same moment.
    await rig.world.api('POST', `/v2/users/${notice.userId}/unlock`);
    rig.advance(60_000);
    await retryDisputes(parts);
    expect(await stateOf(notice.userId)).toBe('USER_STATE_LOCKED');
    rig.proxy.calm();
    rig.advance(3_600_000);
    await retryDisputes(parts);
    expect(rig.proxy.seen).toEqual([]);
  });

  it.each([
    ['POST', '/deactivate'],
    ['DELETE', ''],
  ])('says that it told somebody of an account that cannot be locked after %s %s', async (method, end) => {
    const notice = await tellSomebody();
    await rig.world.api(method, `/v2/users/${notice.userId}${end}`);
    expect((await press(notice.code)).body).toEqual({ outcome: 'told' });
    await expect.poll(() => mailsTo(notice.agent.email)[0]?.text).toContain('could not be locked yet');
    rig.advance(3_600_000);
    rig.proxy.calm();
    await retryDisputes(parts);
    expect(rig.proxy.seen).toEqual([]);
  });

  it('tells no owner at an address that is not verified', async () => {
    const email = `unverified-${Date.now()}@example.org`;
    const { userId } = await rig.world.api('POST', '/v2/users/human', {
      organization: { orgId: organisationId },
      profile: { givenName: 'Not', familyName: 'Verified' },
      email: { email },
    });
    await rig.world.api('POST', '/admin/v1/members', { userId, roles: ['IAM_OWNER'] });
    const notice = await tellSomebody();
    await press(notice.code);
    await expect.poll(() => mailsTo(owner).length).toBe(1);
    expect(mailsTo(email)).toEqual([]);
  });
});

describe('when something fails', () => {
  it('the lock is tried again until ZITADEL is back, and then told of', async () => {
    const notice = await tellSomebody();
    rig.proxy.fail(/./, { kind: 'reset' }, { times: 1_000 });
    expect((await press(notice.code)).body).toEqual({ outcome: 'told' });
    await expect.poll(() => mailsTo(notice.agent.email)[0]?.text).toContain('could not be locked yet');
    expect((await readDispute(parts, [notice.resetId])).get(notice.resetId)?.locked).toBe(false);
    rig.advance(15_000);
    await retryDisputes(parts);
    rig.proxy.calm();
    // The circuit to ZITADEL stays open for a while after so many failures.
    await expect
      .poll(
        async () => {
          rig.advance(300_000);
          await retryDisputes(parts);
          return await stateOf(notice.userId);
        },
        { timeout: 60_000, interval: 1_000 },
      )
      .toBe('USER_STATE_LOCKED');
    await expect.poll(() => mailsTo(notice.agent.email)[1]?.text).toContain('is locked now');
    await expect.poll(() => mailsTo(owner).length).toBe(1);
    expect((await readDispute(parts, [notice.resetId])).get(notice.resetId)?.locked).toBe(true);
    expect((await press(notice.code)).status).toBe(404);
  }, 90_000);

  it('a process that died after the press leaves the rest to the next, of which one does it', async () => {
    const notice = await tellSomebody();
    const died = {
      disputed_at: rig.clock(),
      dispute_state: 'pressed',
      dispute_attempts: 1,
      dispute_next_at: rig.clock(),
    };
    await parts.store.updateTable('notices').set(died).where('reset_id', '=', notice.resetId).execute();
    const other = createTestNotices(rig.kept, {
      smtpUrl: receiver.url,
      clock: rig.clock,
      serviceAccount: rig.serviceAccount,
    });
    await Promise.all([retryDisputes(parts), retryDisputes(other)]);
    expect(await stateOf(notice.userId)).toBe('USER_STATE_LOCKED');
    const rows = (await rig.kept.rows()).filter((row) => row.user_id === notice.userId && row.phase === 'intent');
    expect(rows.map(({ act }) => act)).toEqual(['disputeReset', 'lockUser']);
  });

  it('a mail that goes out at the second try has a link that works', async () => {
    receiver.behaviour = 'refuse';
    const notice = await tellSomebody();
    expect(notice.code).toBe('');
    expect(await readNotice(parts, notice.resetId)).toMatchObject({ state: 'waiting', notMe: true });
    receiver.behaviour = 'take';
    rig.advance(60_000);
    await deliverDueNotices(parts);
    expect((await press(codeFor(notice))).status).toBe(200);
  });

  it('there is no link where no service account is set up, and none is taken', async () => {
    const without = { ...parts, serviceAccount: null };
    const notice = noticeFor({ address: 'somebody@example.org' });
    expect(await tellUser(without, notice)).toMatchObject({ state: 'sent', notMe: false });
    expect(mailsTo('somebody@example.org')[0]?.text).toContain('Call your help desk at once');
    const told = await tellSomebody();
    const served = await serveRoutes(notMeRoutes(without));
    expect((await served.call(nobody, 'POST', notMePath, { code: told.code })).problem().code).toBe('not_found');
    await served.close();
    expect((await press(told.code)).status).toBe(200);
  });
});

it('leaves no code and no token in the database, the log and the answers', async () => {
  const where = rig.kept.databaseUrl || `${rig.kept.data}/bff/latchkey.db`;
  const dump = () => dumpDatabase(where, ['notices', 'audit', 'rate_counts', 'idempotency']);
  const notice = await tellSomebody();
  const before = await dump();
  const answers = [(await press(notice.code)).body, (await press(notice.code)).body];
  const written = [before, await dump(), ...rig.logged, JSON.stringify(answers)].join('\n');
  expect(written).toContain(notice.resetId);
  for (const secret of [notice.code, rig.server.loginClientToken]) expect(written).not.toContain(secret);
});
