import type { Act } from '@latchkey/contract/activity';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuditLog, createAuditLog } from '../audit/audit-log.ts';
import type { OpenActs } from '../audit/resolve-acts.ts';
import { verifyAudit } from '../audit/verify-audit.ts';
import type { NamedActor } from '../guard/actor.ts';
import { type EmbeddedZitadel, startEmbeddedZitadel } from '../testing/embedded-zitadel.ts';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import type { SignedIn } from '../testing/serve-routes.ts';
import { openWorld, type World } from '../testing/zitadel-world.ts';
import { asCaller } from '../zitadel/caller.ts';
import { createZitadel, type Zitadel } from '../zitadel/client.ts';
import { didActHappen } from './did-act-happen.ts';

let server: EmbeddedZitadel;
let world: World;
let kept: TestAudit;
let zitadel: Zitadel;
let organisationId: string;
let agent: SignedIn;
let ahead = 0;

beforeAll(async () => {
  server = await startEmbeddedZitadel('none');
  world = await openWorld(server);
  kept = await openTestAudit();
  zitadel = createZitadel({ apiUrl: server.origin });
  organisationId = await world.makeOrganisation();
  agent = await world.makeCaller('ORG_USER_MANAGER', organisationId);
});
afterAll(async () => {
  await server?.stop();
  await kept?.close();
});

const callerOf = ({ token }: SignedIn) =>
  asCaller({ current: () => Promise.resolve(token), replace: () => Promise.resolve(token) }, 'request');

const named = ({ userId }: SignedIn): NamedActor => {
  return { userId, requestId: 'request', address: null, authTime: 1, amr: ['pwd'] };
};
/** A log of a process of its own: it knows nothing of what others are making now. */
const openLog = (): AuditLog => createAuditLog(kept.store, () => Date.now() + ahead, pino({ level: 'silent' }));

/** Announces an act whose process then dies, after `made` or before it. @returns the act's name. */
async function interrupted(act: Act, made: () => Promise<unknown> = async () => {}, as = agent): Promise<string> {
  const place = 'userId' in act ? organisationId : null;
  const { actId } = await openLog().announce(named(as), { act, organisationId: place }, { reason: 'in the middle' });
  await made();
  return actId;
}

/** What the audit says of an act once somebody has looked, some seconds later. */
async function outcomeAfter(seconds: number, actId: string, acts: OpenActs, as = agent): Promise<string | null> {
  ahead += seconds * 1000;
  await openLog().resolve(named(as), acts, (tried) => didActHappen(zitadel, callerOf(as), tried));
  const rows = (await kept.rows()).filter((row) => row.act_id === actId);
  ahead -= seconds * 1000;
  return rows.at(-1)?.outcome ?? null;
}

function api(as: SignedIn, method: string, path: string, body?: unknown): Promise<unknown> {
  return world.api(method, path, body, { authorization: `Bearer ${as.token}` });
}

describe('an act on a user whose process died', () => {
  it.each([
    ['otpSms', 'otp_sms'],
    ['otpEmail', 'otp_email'],
  ] as const)('that was made and undone since was done: %s', async (kind, path) => {
    const userId = await world.makePerson(organisationId);
    const actId = await interrupted({ act: 'removeFactor', userId, factor: { kind } }, () =>
      api(agent, 'DELETE', `/v2/users/${userId}/${path}`),
    );
    await world.api('POST', `/v2/users/${userId}/${path}`);
    expect(await outcomeAfter(61, actId, { userId })).toBe('done');
  });

  it('that locked somebody who was unlocked since was done', async () => {
    const userId = await world.makePerson(organisationId);
    const actId = await interrupted({ act: 'lockUser', userId }, () => api(agent, 'POST', `/v2/users/${userId}/lock`));
    await world.api('POST', `/v2/users/${userId}/unlock`);
    expect(await outcomeAfter(61, actId, { userId })).toBe('done');
  });

  it('that never arrived was not done, once it can no longer arrive', async () => {
    const userId = await world.makePerson(organisationId);
    ahead = 6_000;
    const actId = await interrupted({ act: 'removeFactor', userId, factor: { kind: 'otpSms' } });
    ahead = 0;
    expect(await outcomeAfter(65, actId, { userId })).toBeNull();
    expect(await outcomeAfter(67, actId, { userId })).toBe('notDone');
  });

  it('that somebody else did, and undid, was not done', async () => {
    const userId = await world.makePerson(organisationId);
    ahead = 6_000;
    const actId = await interrupted({ act: 'lockUser', userId });
    ahead = 0;
    await world.api('POST', `/v2/users/${userId}/lock`);
    await world.api('POST', `/v2/users/${userId}/unlock`);
    expect(await outcomeAfter(67, actId, { userId })).toBe('notDone');
  });

  it('was not done when the events go back to the very beginning of the person', async () => {
    const userId = await world.makePerson(organisationId);
    ahead = -3_600_000;
    const actId = await interrupted({ act: 'lockUser', userId });
    ahead = 0;
    expect(await outcomeAfter(0, actId, { userId })).toBe('notDone');
  });

  it('that should have ended a session that is still there was not done: it would not come back', async () => {
    const userId = await world.makePerson(organisationId);
    const { sessionId } = await world.api('POST', '/v2/sessions', { checks: { user: { userId } } });
    ahead = -3_600_000;
    const actId = await interrupted({ act: 'endSession', userId, sessionId });
    ahead = 0;
    expect(await outcomeAfter(0, actId, { userId })).toBe('notDone');
  });
});

describe('a change of the login policy whose process died', () => {
  const path = '/admin/v1/policies/login/second_factors';
  const remove = (as: SignedIn, type: number) => api(as, 'DELETE', `${path}/${type}`);
  const add = (type: string) => api(world.admin, 'POST', path, { type });

  it('that was made and undone since was done', async () => {
    const owner = await world.makeCaller('IAM_OWNER', organisationId);
    const actId = await interrupted({ act: 'removeSecondFactor', type: 'u2f' }, () => remove(owner, 2), owner);
    await add('SECOND_FACTOR_TYPE_U2F');
    expect(await outcomeAfter(61, actId, 'instance', owner)).toBe('done');
  });

  it('that was made of another type was not done', async () => {
    const owner = await world.makeCaller('IAM_OWNER', organisationId);
    ahead = 6_000;
    const actId = await interrupted({ act: 'removeSecondFactor', type: 'totp' }, () => remove(owner, 2), owner);
    ahead = 0;
    await add('SECOND_FACTOR_TYPE_U2F');
    expect(await outcomeAfter(67, actId, 'instance', owner)).toBe('notDone');
  });

  it('stays unknown for somebody who may not read events', async () => {
    const reader = { userId: 'reader', token: server.loginClientToken };
    const actId = await interrupted({ act: 'removeSecondFactor', type: 'totp' });
    expect(await outcomeAfter(61, actId, 'instance', reader)).toBeNull();
  });
});

it('the chain is whole after that', async () => {
  expect(await verifyAudit(kept.store, kept.keys)).toMatchObject({ whole: true });
});
