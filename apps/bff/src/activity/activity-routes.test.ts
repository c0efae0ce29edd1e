import { type ActivityEntry, ActivityPage, type AuditRecord } from '@latchkey/contract/activity';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { createAuditLog } from '../audit/audit-log.ts';
import { verifyAudit } from '../audit/verify-audit.ts';
import { factorRoutes } from '../factors/factor-routes.ts';
import { type EmbeddedZitadel, startEmbeddedZitadel } from '../testing/embedded-zitadel.ts';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import { type ServedRoutes, type SignedIn, serveRoutes } from '../testing/serve-routes.ts';
import { openWorld, type World } from '../testing/zitadel-world.ts';
import { createZitadel } from '../zitadel/client.ts';
import { activityRoutes } from './activity-routes.ts';

let server: EmbeddedZitadel;
let world: World;
let kept: TestAudit;
let bff: ServedRoutes;
let organisationId: string;
let agent: SignedIn;

beforeAll(async () => {
  server = await startEmbeddedZitadel('none');
  world = await openWorld(server);
  kept = await openTestAudit();
  const options = { ...kept, zitadel: createZitadel({ apiUrl: server.origin }) };
  bff = await serveRoutes(
    activityRoutes(options),
    factorRoutes({ ...options, removalApi: 'v2', recoveryCodesAtSignIn: false }),
  );
  organisationId = await world.makeOrganisation();
  agent = await world.makeCaller('ORG_USER_MANAGER', organisationId);
});
afterAll(async () => {
  await bff?.close();
  await server?.stop();
  await kept?.close();
});

async function page(userId: string, query = '', as = agent): Promise<ActivityPage> {
  return z.parse(ActivityPage, (await bff.call(as, 'GET', `/bff/api/users/${userId}/activity${query}`)).body);
}
const factor = (userId: string, kind: string) => `/bff/api/users/${userId}/factors/${kind}`;
const isRecord = (entry: ActivityEntry): entry is AuditRecord => entry.source === 'latchkey';
const eventsOf = ({ entries }: ActivityPage) => entries.flatMap((entry) => ('event' in entry ? [entry.event] : []));

describe("a person's activity", () => {
  it('tells what ZITADEL noticed and what Latchkey did, and why', async () => {
    const userId = await world.makePerson(organisationId);
    await bff.call(agent, 'DELETE', factor(userId, 'otpSms'), { reason: 'new number', ticket: 'HELP-1' });
    const shown = await page(userId);
    expect(eventsOf(shown)).toContain('user.human.mfa.otp.sms.removed');
    expect(shown.entries.filter(isRecord)).toEqual([
      expect.objectContaining({
        actorId: agent.userId,
        act: { act: 'removeFactor', userId, factor: { kind: 'otpSms' } },
        reason: 'new number',
        ticket: 'HELP-1',
        outcome: 'done',
        resolvedLater: false,
      }),
    ]);
    const times = shown.entries.map((entry) => Date.parse(entry.at));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  it('tells of refusals, too', async () => {
    const userId = await world.makePerson(organisationId);
    const viewer = await world.makeCaller('ORG_OWNER_VIEWER', organisationId);
    await bff.call(viewer, 'DELETE', factor(userId, 'otpSms'), { reason: 'trying' });
    expect((await page(userId)).entries.filter(isRecord)).toEqual([
      expect.objectContaining({ actorId: viewer.userId, outcome: 'refused' }),
    ]);
  });

  it('comes in pages that have each entry once', async () => {
    const userId = await world.makePerson(organisationId);
    for (const kind of ['otpSms', 'otpEmail']) {
      await bff.call(agent, 'DELETE', factor(userId, kind), { reason: kind });
    }
    const whole = await page(userId, '?limit=100');
    const collected: ActivityEntry[] = [];
    let next: string | null = '';
    while (next !== null) {
      const part: ActivityPage = await page(userId, `?limit=2${next && `&before=${next}`}`);
      collected.push(...part.entries);
      next = part.next;
    }
    expect(collected).toHaveLength(whole.entries.length);
    expect(collected).toEqual(expect.arrayContaining(whole.entries));
  });

  it('is not shown to another organisation', async () => {
    const stranger = await world.makeCaller('ORG_USER_MANAGER', await world.makeOrganisation());
    const answer = await bff.call(stranger, 'GET', `/bff/api/users/${await world.makePerson(organisationId)}/activity`);
    expect(answer.problem().code).toBe('not_permitted');
  });

  it.each(['limit=0', 'limit=101', 'before=x', 'before=1_x', 'before=-1_2'])('refuses %s', async (query) => {
    const answer = await bff.call(agent, 'GET', `/bff/api/users/${agent.userId}/activity?${query}`);
    expect(answer.problem().code).toBe('invalid_input');
  });
});

describe('the whole activity', () => {
  async function whole(as: SignedIn, query: Record<string, string> = {}): Promise<ActivityPage> {
    const answer = await bff.call(as, 'GET', `/bff/api/activity?${new URLSearchParams(query)}`);
    return z.parse(ActivityPage, answer.body);
  }
  const remove = (as: SignedIn, userId: string, why: string) =>
    bff.call(as, 'DELETE', factor(userId, 'otpSms'), { reason: why });
  const reasons = ({ entries }: ActivityPage) => entries.filter(isRecord).map((record) => record.reason);

  it('shows an auditor what ZITADEL noticed and what Latchkey did, in pages', async () => {
    const auditor = await world.makeCaller('IAM_OWNER_VIEWER', organisationId);
    const userId = await world.makePerson(organisationId);
    await remove(agent, userId, 'whole');
    const all = await whole(auditor, { userId, limit: '100' });
    expect(all.scope).toBe('all');
    expect(reasons(all)).toEqual(['whole']);
    expect(eventsOf(all)).toEqual(expect.arrayContaining(['user.human.mfa.otp.sms.removed', 'user.human.added']));
    expect(all.entries.every((entry) => entry.source === 'latchkey' || entry.target?.id === userId)).toBe(true);

    const collected: ActivityEntry[] = [];
    let next: string | null = '';
    while (next !== null) {
      const part: ActivityPage = await whole(auditor, { userId, limit: '2', ...(next && { before: next }) });
      collected.push(...part.entries);
      next = part.next;
    }
    expect(collected).toEqual(all.entries);
  });

  it('is filtered by person, agent, kind and time', async () => {
    const auditor = await world.makeCaller('IAM_OWNER_VIEWER', organisationId);
    const other = await world.makeCaller('ORG_USER_MANAGER', organisationId);
    const [one, two] = [await world.makePerson(organisationId), await world.makePerson(organisationId)];
    await remove(agent, one, 'one');
    const between = new Date().toISOString();
    await remove(other, two, 'two');
    expect(reasons(await whole(auditor, { userId: one }))).toEqual(['one']);
    expect(reasons(await whole(auditor, { actorId: other.userId }))).toEqual(['two']);
    expect(reasons(await whole(auditor, { kind: 'locks', userId: one }))).toEqual([]);
    expect(eventsOf(await whole(auditor, { kind: 'factors', userId: one }))).not.toContain('user.human.added');
    expect(reasons(await whole(auditor, { from: between, userId: two }))).toEqual(['two']);
    expect(reasons(await whole(auditor, { until: between, userId: two }))).toEqual([]);
  });

  it('shows an agent their own acts and those on people they may read, and no more', async () => {
    const elsewhere = await world.makeOrganisation();
    const [here, there] = [await world.makePerson(organisationId), await world.makePerson(elsewhere)];
    await remove(await world.makeCaller('ORG_USER_MANAGER', elsewhere), there, 'elsewhere');
    await remove(await world.makeCaller('ORG_USER_MANAGER', organisationId), here, 'colleague');
    await remove(agent, await world.makePerson(organisationId), 'mine');
    const seen = await whole(agent, { limit: '100' });
    expect(seen.scope).toBe('own');
    expect(reasons(seen)).toEqual(expect.arrayContaining(['mine', 'colleague']));
    expect(reasons(seen)).not.toContain('elsewhere');
    expect(eventsOf(seen)).toEqual([]);
    expect(seen.names?.[here]).toMatch(/^Ada person-/);
    expect(seen.names).not.toHaveProperty(there);
  });

  it.each(['before=x', 'kind=all', 'from=yesterday', 'userId=..', 'limit=0'])('refuses %s', async (query) => {
    expect((await bff.call(agent, 'GET', `/bff/api/activity?${query}`)).problem().code).toBe('invalid_input');
  });
});

describe('an act whose process died before it knew the outcome', () => {
  /** What a process leaves that is killed between the two halves, `ago` milliseconds ago. */
  async function leaveIntent(userId: string, kind: 'otpSms' | 'otpEmail', ago: number): Promise<void> {
    const died = createAuditLog(kept.store, () => Date.now() - ago, pino({ level: 'silent' }));
    const actor = { userId: agent.userId, requestId: 'r', address: null, authTime: 0, amr: [] };
    const act = { act: 'removeFactor', userId, factor: { kind } } as const;
    await died.announce(actor, { act, organisationId }, { reason: 'lost' });
  }
  const outcomes = async (userId: string) =>
    (await page(userId)).entries.filter(isRecord).map((record) => [record.outcome, record.resolvedLater]);

  it.each(['factors', 'activity'])('is found done by the next who opens the %s', async (what) => {
    const userId = await world.makePerson(organisationId);
    await leaveIntent(userId, 'otpSms', 1_000);
    await world.api('DELETE', `/v2/users/${userId}/otp_sms`);
    for (const _twice of [1, 2]) {
      await bff.call(agent, 'GET', `/bff/api/users/${userId}/${what}`);
      expect((await kept.rows()).filter((row) => row.user_id === userId)).toHaveLength(2);
    }
    expect(await outcomes(userId)).toEqual([['done', true]]);
  });

  it('is unknown while it may be on its way, then not done', async () => {
    const userId = await world.makePerson(organisationId);
    await leaveIntent(userId, 'otpSms', 5_000);
    expect(await outcomes(userId)).toEqual([['unknown', false]]);
    await leaveIntent(userId, 'otpEmail', 61_000);
    expect(await outcomes(userId)).toContainEqual(['notDone', true]);
  });

  it('leaves the chain whole', async () => {
    expect(await verifyAudit(kept.store, kept.keys)).toMatchObject({ whole: true });
  });
});
