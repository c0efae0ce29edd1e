import { Code, createClient } from '@connectrpc/connect';
import { InternalPermissionService } from '@zitadel/proto/zitadel/internal_permission/v2beta/internal_permission_service_pb.js';
import { beforeAll, expect, it } from 'vitest';
import { openTestInstance, type TestCaller, type TestInstance } from '../../testing/test-instance.ts';

let instance: TestInstance;
let boss: TestCaller;
let agent: TestCaller;
beforeAll(async () => {
  instance = await openTestInstance();
  boss = await instance.addCaller(instance.organisationA, 'IAM_OWNER');
  agent = await instance.addCaller(instance.organisationA, 'ORG_USER_MANAGER');
});

const client = () => createClient(InternalPermissionService, instance.transport);

async function rolesOf(userId: string, caller: TestCaller) {
  const filters = [{ filter: { case: 'inUserIdsFilter' as const, value: { ids: [userId] } } }];
  const { administrators, pagination } = await client().listAdministrators({ filters }, caller);
  return {
    roles: administrators.map(({ resource, roles }) => [resource.case, ...roles]),
    total: pagination?.totalResult,
  };
}

it('makes, changes and unmakes administrators of an organisation', async () => {
  const { userId } = await instance.addPerson();
  const resource = { resource: { case: 'organizationId', value: instance.organisationA } } as const;
  await client().createAdministrator({ userId, resource, roles: ['ORG_OWNER'] }, boss);
  expect(await rolesOf(userId, boss)).toEqual({ roles: [['organization', 'ORG_OWNER']], total: 1n });
  await client().updateAdministrator({ userId, resource, roles: ['ORG_OWNER_VIEWER'] }, boss);
  expect((await rolesOf(userId, boss)).roles).toEqual([['organization', 'ORG_OWNER_VIEWER']]);
  expect((await client().deleteAdministrator({ userId, resource }, boss)).deletionDate).toBeDefined();
  await client().deleteAdministrator({ userId, resource }, boss);
  expect(await rolesOf(userId, boss)).toEqual({ roles: [], total: 0n });
  const never = { userId: (await instance.addPerson()).userId, resource };
  expect((await client().deleteAdministrator(never, boss)).deletionDate).toBeUndefined();
});

it('asks for the right, and a role of that place', async () => {
  const { userId } = await instance.addPerson();
  const resource = { resource: { case: 'instance', value: true } } as const;
  await expect(client().createAdministrator({ userId, resource, roles: ['IAM_OWNER'] }, agent)).rejects.toMatchObject({
    code: Code.NotFound,
  });
  await expect(client().createAdministrator({ userId, resource, roles: ['ORG_OWNER'] }, boss)).rejects.toMatchObject({
    code: Code.InvalidArgument,
  });
  await expect(client().createAdministrator({ userId, roles: ['IAM_OWNER'] }, boss)).rejects.toMatchObject({
    code: Code.InvalidArgument,
  });
});

it('shows everybody their own roles, and counts what it does not show', async () => {
  expect(await rolesOf(agent.userId, agent)).toEqual({ roles: [['organization', 'ORG_USER_MANAGER']], total: 1n });
  expect(await rolesOf(boss.userId, agent)).toEqual({ roles: [], total: 1n });
});
