import { Code, createClient } from '@connectrpc/connect';
import { AdminService } from '@zitadel/proto/zitadel/admin_pb.js';
import { AuthService } from '@zitadel/proto/zitadel/auth_pb.js';
import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { beforeAll, expect, it } from 'vitest';
import { readOutbox } from '../../commands/deliver.ts';
import { createSession } from '../../commands/sessions/sessions.ts';
import { openTestInstance, type TestCaller, type TestInstance } from '../../testing/test-instance.ts';

let instance: TestInstance;
let agent: TestCaller;
let stranger: TestCaller;

beforeAll(async () => {
  instance = await openTestInstance();
  agent = await instance.addCaller(instance.organisationA, 'ORG_OWNER');
  stranger = await instance.addCaller(instance.organisationB, 'ORG_OWNER');
});

const management = () => createClient(ManagementService, instance.transport);
const auth = () => createClient(AuthService, instance.transport);
const refusal = (code: Code, id: string) => ({ code, rawMessage: expect.stringContaining(`(${id})`) });
const names = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  nickName: '',
  displayName: '',
  preferredLanguage: 'fr',
  gender: 1,
};

async function signIn(userId: string, password: string) {
  const { sessionToken } = await createSession(instance.system, { checks: { user: { userId }, password } });
  return { headers: { authorization: `Bearer ${sessionToken}` } };
}

it('changes names, by an administrator and by oneself', async () => {
  const { userId } = await instance.addPerson();
  await management().updateHumanProfile({ userId, ...names }, agent);
  const expected = {
    firstName: 'Ada',
    lastName: 'Lovelace',
    displayName: 'Ada Lovelace',
    preferredLanguage: 'fr',
    gender: 1,
  };
  expect((await management().getHumanProfile({ userId }, agent)).profile).toMatchObject(expected);
  const self = await signIn(userId, 'Correct-Horse-7');
  expect((await auth().getMyProfile({}, self)).profile).toMatchObject(expected);
  await expect(auth().updateMyProfile(names, self)).rejects.toMatchObject(
    refusal(Code.FailedPrecondition, 'COMMAND-2M0fs'),
  );
  await expect(management().updateHumanProfile({ userId, ...names }, stranger)).rejects.toMatchObject(
    refusal(Code.FailedPrecondition, 'COMMAND-3M9sd'),
  );
  await expect(management().getHumanProfile({ userId }, stranger)).rejects.toMatchObject(
    refusal(Code.NotFound, 'QUERY-Dfbg2'),
  );
});

it('changes usernames, which are told apart whatever their letters', async () => {
  const one = await instance.addPerson();
  const other = await instance.addPerson();
  await management().updateUserName({ userId: one.userId, userName: 'Ada-One' }, agent);
  await expect(management().updateUserName({ userId: one.userId, userName: ' Ada-One ' }, agent)).rejects.toMatchObject(
    refusal(Code.FailedPrecondition, 'COMMAND-6m9gs'),
  );
  await expect(management().updateUserName({ userId: other.userId, userName: 'ADA-ONE' }, agent)).rejects.toMatchObject(
    refusal(Code.AlreadyExists, 'V3-DKcYh'),
  );
  await management().updateUserName({ userId: one.userId, userName: 'ADA-ONE' }, agent);
  await expect(management().updateUserName({ userId: one.userId, userName: 'stolen' }, stranger)).rejects.toMatchObject(
    refusal(Code.NotFound, 'COMMAND-5N9ds'),
  );
  const found = await management().getUserByLoginNameGlobal({ loginName: 'ada-one' }, stranger);
  expect(found.user?.id).toBe(one.userId);
  expect(await management().isUserUnique({ userName: 'ada-one' }, agent)).toMatchObject({ isUnique: false });
  expect(await management().isUserUnique({ userName: 'nobody' }, agent)).toMatchObject({ isUnique: true });
});

it('sets passwords, and sends what lets somebody set their own', async () => {
  const { userId } = await instance.addPerson();
  await management().setHumanPassword({ userId, password: 'Another-Horse-8', noChangeRequired: true }, agent);
  const self = await signIn(userId, 'Another-Horse-8');
  await auth().updateMyPassword({ oldPassword: 'Another-Horse-8', newPassword: 'My-Own-Horse-9' }, self);
  await signIn(userId, 'My-Own-Horse-9');
  await expect(
    auth().updateMyPassword({ oldPassword: 'wrong', newPassword: 'My-Own-Horse-10' }, self),
  ).rejects.toMatchObject(refusal(Code.InvalidArgument, 'COMMAND-3M0fs'));
  await expect(management().setHumanPassword({ userId, password: 'Stolen-Horse-1' }, stranger)).rejects.toMatchObject(
    refusal(Code.NotFound, 'COMMAND-G8dh3'),
  );
  await management().sendHumanResetPasswordNotification({ userId }, agent);
  const { email } = await management().getHumanEmail({ userId }, agent);
  expect(await readOutbox(instance.store, { to: email?.email ?? '' })).toMatchObject([{ subject: 'Reset password' }]);
  await expect(management().sendHumanResetPasswordNotification({ userId }, stranger)).rejects.toMatchObject(
    refusal(Code.FailedPrecondition, 'COMMAND-Hj9ds'),
  );
});

it('tells which policy and which roles there are, and of one token', async () => {
  const { userId } = await instance.addPerson();
  const self = await signIn(userId, 'Correct-Horse-7');
  expect((await auth().getMyLoginPolicy({}, self)).policy?.isDefault).toBe(true);
  const { result: roles } = await management().listOrgMemberRoles({}, agent);
  expect(roles).toContain('ORG_OWNER');
  expect(roles.every((role) => role.startsWith('ORG_'))).toBe(true);
  const boss = await instance.addCaller(instance.organisationA, 'IAM_OWNER');
  const all = await createClient(AdminService, instance.transport).listIAMMemberRoles({}, boss);
  expect(all.roles).toContain('IAM_LOGIN_CLIENT');
  const { tokenId } = await management().addPersonalAccessToken({ userId: agent.userId }, agent);
  const token = { userId: agent.userId, tokenId };
  expect((await management().getPersonalAccessTokenByIDs(token, agent)).token?.id).toBe(tokenId);
  await expect(management().getPersonalAccessTokenByIDs(token, stranger)).rejects.toMatchObject(
    refusal(Code.NotFound, 'QUERY-fRunu'),
  );
});
