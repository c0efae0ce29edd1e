import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '../guard/actor.ts';
import { type EmbeddedZitadel, startEmbeddedZitadel } from '../testing/embedded-zitadel.ts';
import type { SignedIn } from '../testing/serve-routes.ts';
import { openWorld, type World } from '../testing/zitadel-world.ts';
import { asCaller } from '../zitadel/caller.ts';
import { createZitadel, type Zitadel } from '../zitadel/client.ts';
import { countApprovers } from './count-approvers.ts';

let server: EmbeddedZitadel;
let world: World;
let zitadel: Zitadel;
let organisationId: string;
beforeAll(async () => {
  // Nobody but two machines, which cannot sign in to a console and count for nothing.
  server = await startEmbeddedZitadel('none');
  world = await openWorld(server);
  zitadel = createZitadel({ apiUrl: server.origin });
  organisationId = await world.makeOrganisation();
});
afterAll(() => server?.stop());

function toActor({ userId, token }: SignedIn): Actor {
  const tokens = { current: () => Promise.resolve(token), replace: () => Promise.resolve(token) };
  return { userId, caller: asCaller(tokens, 'test'), requestId: 'test', address: null, authTime: 0, amr: [] };
}
const count = (as: SignedIn, userId: string, inOrganisation = organisationId) =>
  countApprovers(zitadel, toActor(as), { userId, organisationId: inOrganisation });

it('counts the people who could approve, without who asks and whom it is about', async () => {
  const owner = await world.makePerson(organisationId, 'IAM_OWNER');
  expect(await count(world.admin, owner)).toBe(0);
  const second = await world.makePerson(organisationId, 'IAM_OWNER');
  expect(await count(world.admin, owner)).toBe(1);
  expect(await count({ ...world.admin, userId: second }, owner)).toBe(0);

  const manager = await world.makePerson(organisationId, 'ORG_USER_MANAGER');
  expect(await count(world.admin, manager)).toBe(2);
  await world.makePerson(organisationId, 'ORG_OWNER');
  expect(await count(world.admin, manager)).toBe(3);
  expect(await count(world.admin, owner)).toBe(1);
  // Not those of elsewhere, not who may only look, not who is locked.
  const elsewhere = await world.makeOrganisation();
  await world.makePerson(elsewhere, 'ORG_OWNER');
  await world.makePerson(organisationId, 'IAM_OWNER_VIEWER');
  expect(await count(world.admin, manager)).toBe(3);
  await world.api('POST', `/v2/users/${second}/lock`, {});
  expect(await count(world.admin, manager)).toBe(2);
});

it('does not know where the actor may not see who administers the instance', async () => {
  const agent = await world.makeCaller('ORG_USER_MANAGER', organisationId);
  expect(await count(agent, await world.makePerson(organisationId, 'ORG_USER_MANAGER'))).toBeNull();
});
