import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedZitadel, startEmbeddedZitadel } from '../../testing/embedded-zitadel.ts';
import { type Fault, type FaultProxy, startFaultProxy, zitadelError } from '../../testing/fault-proxy.ts';
import type { SignedIn } from '../../testing/serve-routes.ts';
import { openWorld, type World } from '../../testing/zitadel-world.ts';
import { asCaller } from '../caller.ts';
import { createZitadel, type Zitadel } from '../client.ts';
import { readRoles, readRolesInOrganisation } from './read-roles.ts';

let server: EmbeddedZitadel;
let world: World;
let proxy: FaultProxy;
let zitadel: Zitadel;
let home: string;
let elsewhere: string;
let person: string;
beforeAll(async () => {
  server = await startEmbeddedZitadel('none');
  world = await openWorld(server);
  proxy = await startFaultProxy(server.origin);
  zitadel = createZitadel({ apiUrl: proxy.origin, apiHost: new URL(server.origin).host, totalTimeoutMs: 1_500 });
  home = await world.makeOrganisation();
  elsewhere = await world.makeOrganisation();
  person = await world.makePerson(home, 'ORG_OWNER_VIEWER');
  await join(person, 'ORG_OWNER', elsewhere);
});
afterAll(async () => {
  await proxy?.close();
  await server?.stop();
});
beforeEach(() => proxy.calm());

async function join(userId: string, role: string, organisationId: string): Promise<void> {
  const there = { 'x-zitadel-orgid': organisationId };
  await world.api('POST', '/management/v1/orgs/me/members', { userId, roles: [role] }, there);
}
const callerOf = ({ token }: SignedIn) =>
  asCaller({ current: async () => token, replace: async () => Promise.reject(new Error('refused')) }, 'request-1');
async function rolesSeenBy(as: SignedIn, userId = person, read = readRoles): Promise<string[] | null> {
  const roles = await read(zitadel, callerOf(as), { userId, organisationId: home });
  const where = (id: string | null) => (id === home ? 'home' : id === elsewhere ? 'elsewhere' : id);
  return roles?.map(({ role, organisationId }) => `${role} ${where(organisationId)}`) ?? null;
}

const there = ['ORG_OWNER_VIEWER home'];
const everywhere = [...there, 'ORG_OWNER elsewhere'];

describe('the roles of somebody who is an admin in another organisation, too', () => {
  it.each(['IAM_OWNER', 'IAM_ORG_MANAGER', 'IAM_USER_MANAGER'])('are all there for %s', async (role) => {
    expect(await rolesSeenBy(await world.makeCaller(role, home))).toEqual(everywhere);
  });

  it.each(['ORG_OWNER', 'ORG_USER_MANAGER'])(
    'are known to be more than %s may see, and so none are known',
    async (role) => expect(await rolesSeenBy(await world.makeCaller(role, home))).toBeNull(),
  );

  it('are known to whoever administers both', async () => {
    const both = await world.makeCaller('ORG_OWNER', home);
    await join(both.userId, 'ORG_OWNER', elsewhere);
    expect(await rolesSeenBy(both)).toEqual(everywhere);
  });

  it('are those of their organisation and the instance in the list of memberships', async () => {
    expect(await rolesSeenBy(world.admin, person, readRolesInOrganisation)).toEqual(there);
  });
});

describe('the roles of somebody who has them at home only', () => {
  it.each(['IAM_OWNER', 'IAM_USER_MANAGER', 'ORG_OWNER', 'ORG_USER_MANAGER'])('are known to %s', async (role) => {
    const caller = await world.makeCaller(role, home);
    expect(await rolesSeenBy(caller, await world.makePerson(home))).toEqual([]);
    expect(await rolesSeenBy(caller, await world.makePerson(home, 'ORG_OWNER'))).toEqual(['ORG_OWNER home']);
    expect(await rolesSeenBy(caller, await world.makePerson(home, 'IAM_OWNER'))).toEqual(['IAM_OWNER null']);
  });

  it('are not known to whoever may not read memberships', async () => {
    expect(await rolesSeenBy(await world.makeCaller(undefined, home))).toBeNull();
  });
});

describe('where the list of administrators', () => {
  const list = /InternalPermissionService\/ListAdministrators/;
  const failing = async (fault: Fault) => {
    proxy.fail(list, fault, { times: 3 });
    return await rolesSeenBy(world.admin);
  };

  it.each<[string, Fault]>([
    ['is no route', { kind: 'answer', status: 404, body: '{"code":5,"message":"Not Found"}' }],
    ['is no page', { kind: 'answer', status: 404, type: 'text/plain', body: 'not found' }],
    ['is not implemented', { kind: 'answer', status: 501, body: '{"code":"unimplemented"}' }],
    ['is refused', { kind: 'answer', status: 403, body: '{"code":"permission_denied","message":"no"}' }],
    ['is refused as ZITADEL refuses', zitadelError(403, 7, 'No matching permissions found', 'AUTH-5mWD2')],
  ])('%s, the memberships are all there is to know', async (_name, fault) => {
    expect(await failing(fault)).toEqual(there);
    expect(proxy.seen.filter((line) => list.test(line))).toHaveLength(1);
  });

  it.each<[string, Fault]>([
    ['does not answer', { kind: 'hang' }],
    ['leads elsewhere', { kind: 'redirect' }],
    ['has no end', { kind: 'huge' }],
    ['breaks', { kind: 'answer', status: 500, body: '{"code":"internal"}' }],
  ])('%s, nothing is known', async (_name, fault) => {
    await expect(failing(fault)).rejects.toThrow();
  });

  it('is asked again after a connection that broke', async () => {
    proxy.fail(list, { kind: 'reset' });
    expect(await rolesSeenBy(world.admin)).toEqual(everywhere);
  });
});
