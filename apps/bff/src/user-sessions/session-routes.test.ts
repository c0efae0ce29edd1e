import { LockChange, SessionEnd, UserSessions } from '@latchkey/contract/user-session';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type EmbeddedZitadel, startEmbeddedZitadel } from '../testing/embedded-zitadel.ts';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import { type ServedRoutes, type SignedIn, serveRoutes } from '../testing/serve-routes.ts';
import { openWorld, type World } from '../testing/zitadel-world.ts';
import { userRoutes } from '../users/user-routes.ts';
import { createZitadel } from '../zitadel/client.ts';
import { userSessionRoutes } from './session-routes.ts';

let server: EmbeddedZitadel;
let world: World;
let kept: TestAudit;
let bff: ServedRoutes;
let organisationId: string;
let agent: SignedIn;
const reason = { reason: 'stolen laptop', ticket: 'HELP-7' };

beforeAll(async () => {
  server = await startEmbeddedZitadel('none');
  world = await openWorld(server);
  kept = await openTestAudit();
  const options = { ...kept, zitadel: createZitadel({ apiUrl: server.origin }) };
  bff = await serveRoutes(userSessionRoutes(options), userRoutes(options));
  organisationId = await world.makeOrganisation();
  agent = await world.makeCaller('ORG_USER_MANAGER', organisationId);
});
afterAll(async () => {
  await bff?.close();
  await server?.stop();
  await kept?.close();
});

async function signIn(userId: string): Promise<string> {
  const userAgent = { fingerprintId: 'f', ip: '192.0.2.7', description: 'Firefox on Linux' };
  const { sessionId } = await world.api('POST', '/v2/sessions', { checks: { user: { userId } }, userAgent });
  return sessionId;
}
const path = (userId: string, rest: string) => `/bff/api/users/${userId}/${rest}`;
async function sessionsOf(userId: string, as = agent): Promise<UserSessions> {
  return z.parse(UserSessions, (await bff.call(as, 'GET', path(userId, 'sessions'))).body);
}
async function lock(change: 'lock' | 'unlock', userId: string): Promise<string> {
  return z.parse(LockChange, (await bff.call(agent, 'POST', path(userId, change), reason)).body).outcome;
}
async function end(userId: string, sessionId: string): Promise<string> {
  const answer = await bff.call(agent, 'DELETE', path(userId, `sessions/${sessionId}`), reason);
  return z.parse(SessionEnd, answer.body).outcome;
}

describe('sessions', () => {
  it('are listed newest first, with the device and without anything that opens them', async () => {
    const userId = await world.makePerson(organisationId);
    const ids = [await signIn(userId), await signIn(userId)];
    const { sessions, actions } = await sessionsOf(userId);
    expect(sessions.map((session) => session.sessionId)).toEqual(ids.toReversed());
    expect(sessions[0]).toMatchObject({ device: 'Firefox on Linux', address: '192.0.2.7', checks: [] });
    expect(actions.endSession).toEqual({ allowed: true });
  });

  it('are ended one by one, and once', async () => {
    const userId = await world.makePerson(organisationId);
    const [first, second] = [await signIn(userId), await signIn(userId)];
    expect(await end(userId, first)).toBe('ended');
    expect((await sessionsOf(userId)).sessions.map((session) => session.sessionId)).toEqual([second]);
    expect(await end(userId, first)).toBe('alreadyGone');
  });

  it('of somebody else are not ended through this person', async () => {
    const [one, other] = [await world.makePerson(organisationId), await world.makePerson(organisationId)];
    const sessionId = await signIn(other);
    expect(await end(one, sessionId)).toBe('alreadyGone');
    expect((await sessionsOf(other)).sessions).toHaveLength(1);
  });

  it('are not shown as none to somebody who may not see them', async () => {
    const viewer = await world.makeCaller('ORG_OWNER_VIEWER', organisationId);
    const answer = await bff.call(viewer, 'GET', path(await world.makePerson(organisationId), 'sessions'));
    expect(answer.problem()).toMatchObject({ code: 'not_permitted', permission: 'session.read' });
  });

  it('of an owner are not ended by a manager', async () => {
    const owner = await world.makePerson(organisationId, 'ORG_OWNER');
    const answer = await bff.call(agent, 'DELETE', path(owner, `sessions/${await signIn(owner)}`), reason);
    expect(answer.problem().code).toBe('rank_refused');
    expect((await sessionsOf(owner)).actions.endSession).toEqual({ allowed: false, because: 'rank' });
  });
});

describe('the lock', () => {
  it('is put on and taken off, once each', async () => {
    const userId = await world.makePerson(organisationId);
    expect(await lock('lock', userId)).toBe('locked');
    expect(await lock('lock', userId)).toBe('alreadyLocked');
    expect(await lock('unlock', userId)).toBe('unlocked');
    expect(await lock('unlock', userId)).toBe('alreadyUnlocked');
  });

  it('does not fit somebody who is deactivated', async () => {
    const userId = await world.makePerson(organisationId);
    await world.api('POST', `/v2/users/${userId}/deactivate`, {});
    const answer = await bff.call(agent, 'POST', path(userId, 'lock'), reason);
    expect(answer.problem().code).toBe('precondition_failed');
  });

  it('is not put on oneself, nor on an owner', async () => {
    expect((await bff.call(agent, 'POST', path(agent.userId, 'lock'), reason)).problem().code).toBe('self_refused');
    const owner = await world.makePerson(organisationId, 'ORG_OWNER');
    expect((await bff.call(agent, 'POST', path(owner, 'lock'), reason)).problem().code).toBe('rank_refused');
  });

  it('is in the audit, before and after, with why', async () => {
    const userId = await world.makePerson(organisationId);
    await lock('lock', userId);
    const rows = (await kept.rows()).filter((row) => row.user_id === userId);
    expect(rows.map(({ phase, outcome }) => [phase, outcome])).toEqual([
      ['intent', null],
      ['outcome', 'done'],
    ]);
    expect(rows[0]).toMatchObject({
      act: 'lockUser',
      actor_id: agent.userId,
      organisation_id: organisationId,
      reason: 'stolen laptop',
      ticket: 'HELP-7',
      amr: 'pwd',
    });
  });
});
