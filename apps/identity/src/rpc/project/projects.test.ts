import { Code, createClient } from '@connectrpc/connect';
import { AppState, OIDCAuthMethodType } from '@zitadel/proto/zitadel/app_pb.js';
import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { ProjectState } from '@zitadel/proto/zitadel/project_pb.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { openTestInstance, type TestCaller, type TestInstance } from '../../testing/test-instance.ts';

let instance: TestInstance;
let owner: TestCaller;
let stranger: TestCaller;
beforeAll(async () => {
  instance = await openTestInstance();
  owner = await instance.addCaller(instance.organisationA, 'ORG_OWNER');
  stranger = await instance.addCaller(instance.organisationB, 'ORG_OWNER');
});

const management = () => createClient(ManagementService, instance.transport);
const refusal = (code: Code, id: string) => ({ code, rawMessage: expect.stringContaining(`(${id})`) });

async function addApplication(name: string, authMethodType: OIDCAuthMethodType) {
  const { id: projectId } = await management().addProject({ name }, owner);
  const redirectUris = ['http://localhost:3000/'];
  const request = { projectId, name, redirectUris, authMethodType };
  const { appId, clientId, clientSecret } = await management().addOIDCApp(request, owner);
  return { projectId, appId, clientId, clientSecret };
}

describe('a project', () => {
  it('is found by its organisation only, and renamed', async () => {
    const { id } = await management().addProject({ name: 'one' }, owner);
    await management().addProject({ name: 'two' }, owner);
    await expect(management().getProjectByID({ id }, stranger)).rejects.toMatchObject(
      refusal(Code.NotFound, 'QUERY-fk2fs'),
    );
    await expect(management().updateProject({ id, name: 'one' }, owner)).rejects.toMatchObject(
      refusal(Code.FailedPrecondition, 'COMMAND-2M0fs'),
    );
    await expect(management().updateProject({ id, name: 'two' }, owner)).rejects.toMatchObject(
      refusal(Code.AlreadyExists, 'V3-DKcYh'),
    );
    await expect(management().updateProject({ id, name: 'x' }, stranger)).rejects.toMatchObject(
      refusal(Code.NotFound, 'COMMAND-3M9sd'),
    );
    await management().updateProject({ id, name: 'three' }, owner);
    expect((await management().listProjects({}, owner)).result.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['two', 'three']),
    );
    expect((await management().listProjects({}, stranger)).result).toEqual([]);
  });
});

describe('administrators of a project', () => {
  it('are made, changed, listed and unmade, in their own organisation', async () => {
    const { id: projectId } = await management().addProject({ name: 'administered' }, owner);
    const { userId } = await instance.addPerson();
    const member = { projectId, userId };
    const list = async (caller: TestCaller) =>
      (await management().listProjectMembers({ projectId }, caller)).result.map(({ userId: id, roles }) => [id, roles]);
    await expect(management().addProjectMember({ ...member, roles: ['ORG_OWNER'] }, owner)).rejects.toMatchObject(
      refusal(Code.InvalidArgument, 'PROJECT-3m9ds'),
    );
    await expect(
      management().addProjectMember({ ...member, roles: ['PROJECT_OWNER'] }, stranger),
    ).rejects.toMatchObject(refusal(Code.FailedPrecondition, 'COMMAND-EbFMN'));
    await management().addProjectMember({ ...member, roles: ['PROJECT_OWNER'] }, owner);
    await expect(management().addProjectMember({ ...member, roles: ['PROJECT_OWNER'] }, owner)).rejects.toMatchObject(
      refusal(Code.AlreadyExists, 'PROJECT-PtXi1'),
    );
    await management().updateProjectMember({ ...member, roles: ['PROJECT_OWNER_VIEWER'] }, owner);
    expect(await list(owner)).toEqual([[userId, ['PROJECT_OWNER_VIEWER']]]);
    expect(await list(stranger)).toEqual([]);
    const { result } = await management().listUserMemberships({ userId }, owner);
    expect(result).toMatchObject([{ type: { case: 'projectId', value: projectId }, roles: ['PROJECT_OWNER_VIEWER'] }]);
    await management().removeProjectMember(member, owner);
    expect(await list(owner)).toEqual([]);
    await expect(
      management().updateProjectMember({ ...member, roles: ['PROJECT_OWNER'] }, owner),
    ).rejects.toMatchObject(refusal(Code.NotFound, 'PROJECT-D8JxR'));
    expect((await management().listProjectMemberRoles({}, owner)).result.sort()).toEqual([
      'PROJECT_OWNER',
      'PROJECT_OWNER_VIEWER',
    ]);
  });
});

describe('what is taken out of service', () => {
  it('is a project, and comes back', async () => {
    const { id } = await management().addProject({ name: 'resting' }, owner);
    const stateOf = async () => (await management().getProjectByID({ id }, owner)).project?.state;
    await expect(management().reactivateProject({ id }, owner)).rejects.toMatchObject(
      refusal(Code.FailedPrecondition, 'COMMAND-5M9bs'),
    );
    await expect(management().deactivateProject({ id }, stranger)).rejects.toMatchObject(
      refusal(Code.NotFound, 'COMMAND-112M9'),
    );
    await management().deactivateProject({ id }, owner);
    expect(await stateOf()).toBe(ProjectState.INACTIVE);
    await expect(management().deactivateProject({ id }, owner)).rejects.toMatchObject(
      refusal(Code.FailedPrecondition, 'COMMAND-mki55'),
    );
    await management().reactivateProject({ id }, owner);
    expect(await stateOf()).toBe(ProjectState.ACTIVE);
  });

  it('is an application, and comes back', async () => {
    const { projectId, appId } = await addApplication('resting too', OIDCAuthMethodType.OIDC_AUTH_METHOD_TYPE_NONE);
    const stateOf = async () => (await management().getAppByID({ projectId, appId }, owner)).app?.state;
    await expect(management().reactivateApp({ projectId, appId }, owner)).rejects.toMatchObject(
      refusal(Code.FailedPrecondition, 'COMMAND-1n8cM'),
    );
    await expect(management().deactivateApp({ projectId, appId }, stranger)).rejects.toMatchObject(
      refusal(Code.NotFound, 'COMMAND-ov9d3'),
    );
    await management().deactivateApp({ projectId, appId }, owner);
    expect(await stateOf()).toBe(AppState.INACTIVE);
    await expect(management().deactivateApp({ projectId, appId }, owner)).rejects.toMatchObject(
      refusal(Code.FailedPrecondition, 'COMMAND-dsh35'),
    );
    await management().reactivateApp({ projectId, appId }, owner);
    expect(await stateOf()).toBe(AppState.ACTIVE);
  });
});

describe('an application', () => {
  it('is changed as a whole', async () => {
    const { projectId, appId } = await addApplication('changed', OIDCAuthMethodType.OIDC_AUTH_METHOD_TYPE_NONE);
    const before = (await management().getAppByID({ projectId, appId }, owner)).app;
    const configuration = { projectId, appId, redirectUris: ['https://example.org/'], devMode: true };
    await management().updateOIDCAppConfig(configuration, owner);
    await expect(management().updateOIDCAppConfig(configuration, owner)).rejects.toMatchObject(
      refusal(Code.FailedPrecondition, 'COMMAND-1m88i'),
    );
    await management().updateApp({ projectId, appId, name: 'renamed' }, owner);
    const { app } = await management().getAppByID({ projectId, appId }, owner);
    expect(app).toMatchObject({
      name: 'renamed',
      config: { value: { redirectUris: ['https://example.org/'], devMode: true } },
    });
    expect(app?.details?.sequence).toBeGreaterThan(before?.details?.sequence ?? 0n);
    await expect(management().getAppByID({ projectId, appId }, stranger)).rejects.toMatchObject(
      refusal(Code.NotFound, 'QUERY-pCP8P'),
    );
  });

  it('gets a new secret only if it has one', async () => {
    const basic = await addApplication('basic', OIDCAuthMethodType.OIDC_AUTH_METHOD_TYPE_BASIC);
    const { clientSecret } = await management().regenerateOIDCClientSecret(basic, owner);
    expect(clientSecret).not.toBe('');
    expect(clientSecret).not.toBe(basic.clientSecret);
    const none = await addApplication('none', OIDCAuthMethodType.OIDC_AUTH_METHOD_TYPE_NONE);
    expect(none.clientSecret).toBe('');
    await expect(management().regenerateOIDCClientSecret(none, owner)).rejects.toMatchObject(
      refusal(Code.InvalidArgument, 'COMMAND-Ghrh3'),
    );
  });

  it('has keys, whose private half is told once', async () => {
    const application = await addApplication('keys', OIDCAuthMethodType.OIDC_AUTH_METHOD_TYPE_PRIVATE_KEY_JWT);
    const { projectId, appId, clientId } = application;
    const { id: keyId, keyDetails } = await management().addAppKey({ projectId, appId }, owner);
    expect(JSON.parse(Buffer.from(keyDetails).toString())).toMatchObject({
      type: 'application',
      keyId,
      appId,
      clientId,
    });
    expect((await management().listAppKeys({ projectId, appId }, owner)).result.map(({ id }) => id)).toEqual([keyId]);
    await management().removeAppKey({ projectId, appId, keyId }, owner);
    await expect(management().getAppKey({ projectId, appId, keyId }, owner)).rejects.toMatchObject({
      code: Code.NotFound,
    });
  });
});
