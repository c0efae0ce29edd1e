import { Code, createClient } from '@connectrpc/connect';
import { AdminService } from '@zitadel/proto/zitadel/admin_pb.js';
import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { OrgState } from '@zitadel/proto/zitadel/org_pb.js';
import { beforeAll, expect, it } from 'vitest';
import { openTestInstance, type TestCaller, type TestInstance } from '../../testing/test-instance.ts';

let instance: TestInstance;
let boss: TestCaller;
let owner: TestCaller;
let stranger: TestCaller;

beforeAll(async () => {
  instance = await openTestInstance();
  boss = await instance.addCaller(instance.organisationA, 'IAM_OWNER');
  owner = await instance.addCaller(instance.organisationA, 'ORG_OWNER');
  stranger = await instance.addCaller(instance.organisationB, 'ORG_OWNER');
});

const admin = () => createClient(AdminService, instance.transport);
const management = () => createClient(ManagementService, instance.transport);
const refusal = (code: Code, id: string) => ({ code, rawMessage: expect.stringContaining(`(${id})`) });

it('administrators of the instance find organisations', async () => {
  const named = { query: { case: 'nameQuery' as const, value: { name: 'Acm', method: 2 } } };
  const { result, details } = await admin().listOrgs({ queries: [named] }, boss);
  expect(result).toMatchObject([{ id: instance.organisationA, name: 'Acme', state: OrgState.ACTIVE }]);
  expect(details?.totalResult).toBe(1n);
  expect((await admin().getOrgByID({ id: instance.organisationB }, boss)).org?.name).toBe('Birch');
  await expect(admin().getOrgByID({ id: 'none' }, boss)).rejects.toMatchObject(refusal(Code.NotFound, 'QUERY-iTTGJ'));
  expect((await admin().isOrgUnique({ name: 'Acme' }, boss)).isUnique).toBe(false);
  expect((await admin().isOrgUnique({ name: 'Nobody' }, boss)).isUnique).toBe(true);
  await expect(admin().listOrgs({}, owner)).rejects.toMatchObject(refusal(Code.PermissionDenied, 'AUTH-5mWD2'));
});

it('what happened is told to who is of the organisation', async () => {
  const { id: projectId } = await management().addProject({ name: 'told' }, owner);
  const one = await management().addOIDCApp({ projectId, name: 'one', redirectUris: ['https://one.example/'] }, owner);
  await management().addOIDCApp({ projectId, name: 'two', redirectUris: ['https://two.example/'] }, owner);
  const query = { asc: true };
  const keys = ({ result }: { result: { eventType?: { key: string } }[] }) =>
    result.map(({ eventType }) => eventType?.key.replace('EventTypes.', ''));
  const added = ['project.application.added', 'project.application.config.oidc.added'];
  expect(keys(await management().listProjectChanges({ projectId, query }, owner))).toEqual([
    'project.added',
    ...added,
    ...added,
  ]);
  expect(keys(await management().listAppChanges({ projectId, appId: one.appId, query }, owner))).toEqual(added);
  expect(keys(await management().listProjectChanges({ projectId, query }, stranger))).toEqual([]);
  expect(keys(await management().listOrgChanges({ query }, owner))).toContain('org.added');
});
