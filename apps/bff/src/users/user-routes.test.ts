import { OrganisationList, User, UserPage, type UserSummary } from '@latchkey/contract/user';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type EmbeddedZitadel, type Person, startEmbeddedZitadel } from '../testing/embedded-zitadel.ts';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import { type ServedRoutes, type SignedIn, serveRoutes } from '../testing/serve-routes.ts';
import { openWorld, type World } from '../testing/zitadel-world.ts';
import { createZitadel } from '../zitadel/client.ts';
import { userRoutes } from './user-routes.ts';

let server: EmbeddedZitadel;
let world: World;
let kept: TestAudit;
let bff: ServedRoutes;
let organisationId: string;
let everywhere: SignedIn;

beforeAll(async () => {
  server = await startEmbeddedZitadel();
  world = await openWorld(server);
  kept = await openTestAudit();
  bff = await serveRoutes(userRoutes({ ...kept, zitadel: createZitadel({ apiUrl: server.origin }) }));
  organisationId = await world.makeOrganisation();
  everywhere = await world.makeCaller('IAM_USER_MANAGER', organisationId);
});
afterAll(async () => {
  await bff?.close();
  await server?.stop();
  await kept?.close();
});

async function list(as: SignedIn, query: Record<string, string> = {}): Promise<UserPage> {
  const answer = await bff.call(as, 'GET', `/bff/api/users?${new URLSearchParams(query)}`);
  return z.parse(UserPage, answer.body);
}
async function open(as: SignedIn, userId: string): Promise<User> {
  return z.parse(User, (await bff.call(as, 'GET', `/bff/api/users/${userId}`)).body);
}
function somebody(test: (person: Person) => boolean = () => true): Person {
  const person = server.people.find((candidate) => candidate.roles.length === 0 && test(candidate));
  if (!person) throw new Error('nobody among the demo people is so');
  return person;
}

describe('the list', () => {
  it('has people only, by name, with the names of their organisations', async () => {
    const page = await list(everywhere);
    expect(page.total).toBe(server.people.length);
    expect(page.users.map((user) => user.userId).toSorted()).toEqual(server.people.map((p) => p.userId).toSorted());
    expect(page.users.every((user) => user.organisation.name !== null)).toBe(true);
  });

  it('comes in pages that follow each other', async () => {
    const all = await list(everywhere);
    const pages = await Promise.all([0, 5, 10].map((offset) => list(everywhere, { offset: `${offset}`, limit: '5' })));
    expect(pages.flatMap((page) => page.users)).toEqual(all.users.slice(0, 15));
    expect(pages.map((page) => page.total)).toEqual([all.total, all.total, all.total]);
  });

  it.each([
    ['name', (person: Person) => person.displayName.toUpperCase()],
    ['a part of the name', (person: Person) => person.displayName.slice(1, 6)],
    ['login name', (person: Person) => person.loginName],
    ['id', (person: Person) => person.userId],
  ])('finds somebody by %s', async (_what, text) => {
    const person = somebody((candidate) => /^[ -~]+$/.test(candidate.displayName));
    const page = await list(everywhere, { search: text(person) });
    expect(page.users.map((user) => user.userId)).toContain(person.userId);
    expect(page.total).toBeLessThan(server.people.length);
  });

  it('finds somebody by email and by phone, however it is spaced', async () => {
    const userId = await world.makePerson(organisationId);
    const { email } = (await world.api('GET', `/v2/users/${userId}`)).user.human.email;
    expect((await list(everywhere, { search: email })).users.map((user) => user.userId)).toEqual([userId]);
    for (const search of ['+41 79 123-45', '079 123 45 67', '0041 (79) 123', '1234567']) {
      const found = await list(everywhere, { search });
      expect(
        found.users.map((user) => user.userId),
        search,
      ).toContain(userId);
    }
    expect((await list(everywhere, { search: '1'.repeat(40) })).total).toBe(0);
  });

  it('finds nobody, without an error', async () => {
    expect(await list(everywhere, { search: 'nobody is called so' })).toMatchObject({ users: [], total: 0 });
  });

  it('is filtered by state, by organisation and by kind, all at once with a search', async () => {
    const locked = somebody((person) => person.state === 'locked');
    const byState = await list(everywhere, { state: 'locked' });
    expect(byState.users.map((user) => user.userId)).toEqual([locked.userId]);
    expect(await list(everywhere, { state: 'inactive' })).toMatchObject({ users: [], total: 0 });

    const [own, other] = [locked.organisationId, await world.makeOrganisation()];
    const byOrganisation = await list(everywhere, { organisationId: own, limit: '100' });
    const expected = server.people.filter((person) => person.organisationId === own).map((person) => person.userId);
    expect(byOrganisation.users.map((user) => user.userId).toSorted()).toEqual(expected.toSorted());
    expect((await list(everywhere, { organisationId: other, search: locked.displayName })).total).toBe(0);

    const machines = await list(everywhere, { kind: 'machine', search: everywhere.userId });
    expect(machines.users.map((user) => user.userId)).toEqual([everywhere.userId]);
  });

  it.each([
    ['loginName', (user: UserSummary) => user.loginName],
    ['email', (user: UserSummary) => user.email ?? ''],
  ])('is sorted by %s, both ways', async (sort, of) => {
    const up = (await list(everywhere, { sort, limit: '100' })).users.map(of);
    const down = (await list(everywhere, { sort, limit: '100', direction: 'desc' })).users.map(of);
    expect(up).toEqual(up.toSorted());
    expect(down).toEqual(up.toReversed());
  });

  it('offers the organisations one may see, by name', async () => {
    const find = async (as: SignedIn, search: string) =>
      z.parse(OrganisationList, (await bff.call(as, 'GET', `/bff/api/organisations?search=${search}`)).body)
        .organisations;
    const { organisation } = await open(everywhere, somebody().userId);
    const name = organisation.name ?? '';
    expect(await find(everywhere, name.slice(0, 4).toLowerCase())).toContainEqual(organisation);
    const manager = await world.makeCaller('ORG_USER_MANAGER', organisationId);
    expect((await find(manager, '')).map((found) => found.organisationId)).toEqual([organisationId]);
  });

  it('shows a manager of one organisation its people only', async () => {
    const manager = await world.makeCaller('ORG_USER_MANAGER', somebody().organisationId);
    const page = await list(manager, { limit: '100' });
    expect(page.users.length).toBeGreaterThan(0);
    expect(new Set(page.users.map((user) => user.organisation.organisationId))).toEqual(
      new Set([somebody().organisationId]),
    );
  });

  it('shows nothing to somebody without a role', async () => {
    expect((await list(await world.makeCaller(undefined, organisationId))).users).toEqual([]);
  });

  it.each([
    ['limit', '101'],
    ['limit', '0'],
    ['limit', 'x'],
    ['offset', '-1'],
    ['offset', '1e9'],
    ['search', 'x'.repeat(201)],
  ])('refuses %s=%s', async (name, value) => {
    const answer = await bff.call(everywhere, 'GET', `/bff/api/users?${name}=${value}`);
    expect(answer.problem()).toMatchObject({ code: 'invalid_input', fields: [{ path: name }] });
  });
});

describe('one person', () => {
  it('is shown with everything the page needs', async () => {
    const userId = await world.makePerson(organisationId);
    expect(await open(everywhere, userId)).toMatchObject({
      userId,
      kind: 'human',
      state: 'active',
      displayName: expect.stringMatching(/^Ada person-/),
      emailAddress: { address: expect.stringMatching(/@example\.org$/), verified: true },
      phoneNumber: { address: '+41791234567', verified: true },
      roles: [],
      actions: {
        removeFactor: { allowed: true },
        removeRecoveryCodes: {
          allowed: false,
          because: 'permission',
          permission: 'user.credential.write',
          role: 'ORG_OWNER',
        },
      },
    });
  });

  it('is shown with the roles they hold, and says that rank forbids', async () => {
    const owner = await world.makePerson(organisationId, 'ORG_OWNER');
    const manager = await world.makeCaller('ORG_USER_MANAGER', organisationId);
    const shown = await open(manager, owner);
    expect(shown.roles).toEqual([{ role: 'ORG_OWNER', scope: 'organisation', scopeId: organisationId }]);
    expect(shown.actions.removeFactor).toEqual({ allowed: false, because: 'rank' });
    const { actions } = await open(await world.makeCaller('IAM_OWNER', organisationId), owner);
    expect(Object.values(actions)).toEqual(Array.from({ length: 5 }, () => ({ allowed: true })));
  });

  it('may not act on themselves', async () => {
    const shown = await open(everywhere, everywhere.userId);
    expect(shown.kind).toBe('machine');
    expect(shown.roles).toEqual([{ role: 'IAM_USER_MANAGER', scope: 'instance', scopeId: null }]);
    expect(shown.actions.removeFactor).toEqual({ allowed: false, because: 'self' });
  });

  it('who is locked is shown so', async () => {
    const locked = somebody((person) => person.state.toLowerCase().includes('locked'));
    expect((await open(everywhere, locked.userId)).state).toBe('locked');
  });

  it('who is unknown is not found', async () => {
    const answer = await bff.call(everywhere, 'GET', '/bff/api/users/123456789012345678');
    expect(answer.problem()).toMatchObject({ code: 'not_found' });
  });

  it('of another organisation is not permitted', async () => {
    const stranger = await world.makeCaller('ORG_USER_MANAGER', organisationId);
    const answer = await bff.call(stranger, 'GET', `/bff/api/users/${somebody().userId}`);
    expect(answer.problem()).toMatchObject({ code: 'not_permitted', permission: 'user.read' });
  });

  it.each(['..%2f..', '%2e%2e', 'a%2fb', '%00', 'x'.repeat(201), 'a%20b', 'é'])('is not called %s', async (id) => {
    const answer = await bff.call(everywhere, 'GET', `/bff/api/users/${id}`);
    expect([400, 404]).toContain(answer.status);
    expect(['invalid_input', 'no_such_route']).toContain(answer.problem().code);
  });
});
