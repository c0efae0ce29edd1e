import { fromJson, type JsonValue } from '@bufbuild/protobuf';
import { Code, createClient } from '@connectrpc/connect';
import { AuthService } from '@zitadel/proto/zitadel/auth_pb.js';
import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSession } from '../../commands/sessions/sessions.ts';
import { digestTables, rebuildTables } from '../../store/rebuild.ts';
import { openTestInstance, type TestCaller, type TestInstance } from '../../testing/test-instance.ts';
import { SERVICES } from '../../transport/services.ts';

let instance: TestInstance;
let agent: TestCaller;
let stranger: TestCaller;

beforeAll(async () => {
  instance = await openTestInstance();
  agent = await instance.addCaller(instance.organisationA, 'ORG_OWNER');
  stranger = await instance.addCaller(instance.organisationB, 'ORG_OWNER');
});

/** With what is newer than the published descriptors. */
const newest = SERVICES.find(({ typeName }) => typeName === UserService.typeName) as typeof UserService;
const users = () => createClient(UserService, instance.transport);
const management = () => createClient(ManagementService, instance.transport);
const refusal = (code: Code, id: string) => ({ code, rawMessage: expect.stringContaining(`(${id})`) });
const signIn = (userId: string, password: string) =>
  createSession(instance.system, { checks: { user: { userId }, password } });

async function changesOf(userId: string) {
  const rows = await instance.store.db.selectFrom('events').select('type').where('aggregate_id', '=', userId).execute();
  return rows.map(({ type }) => type.replace('user.', ''));
}

describe('a person is changed in one go', () => {
  it('by what is given and different, with the codes that were asked for', async () => {
    const { userId } = await instance.addPerson(['otpSms']);
    const before = (await changesOf(userId)).length;
    const profile = { givenName: 'Ada', familyName: 'Lovelace', displayName: 'Countess' };
    const email = { email: `${userId}@example.org`, verification: { case: 'returnCode' as const, value: {} } };
    const { emailCode } = await users().updateHumanUser({ userId, username: `u${userId}`, profile, email }, agent);
    expect((await changesOf(userId)).slice(before)).toEqual([
      'username.changed',
      'human.profile.changed',
      'human.email.changed',
      'human.email.code.added',
    ]);
    await users().verifyEmail({ userId, verificationCode: emailCode ?? '' }, agent);
    const { user } = await users().getUserByID({ userId }, agent);
    expect(user).toMatchObject({
      username: `u${userId}`,
      type: {
        value: {
          profile: { givenName: 'Ada', familyName: 'Lovelace', displayName: 'Countess' },
          email: { isVerified: true },
        },
      },
    });
    const again = await users().updateHumanUser({ userId, username: `u${userId}`, profile }, agent);
    expect((await changesOf(userId)).length).toBe(before + 5);
    expect(again.details?.sequence).toBe(BigInt(before + 5));
  });

  it('loses the codes by SMS with the number', async () => {
    const { userId } = await instance.addPerson(['otpSms']);
    const human = (phone: object) => ({ case: 'human' as const, value: { phone } });
    await expect(
      users().updateUser(
        { userId, userType: human({ phone: '', verification: { case: 'isVerified', value: true } }) },
        agent,
      ),
    ).rejects.toMatchObject(refusal(Code.InvalidArgument, 'USERv2-4f3d6'));
    await users().updateUser({ userId, userType: human({ phone: '' }) }, agent);
    await expect(users().removeOTPSMS({ userId }, agent)).rejects.toMatchObject(
      refusal(Code.NotFound, 'COMMAND-Sr3h3'),
    );
  });

  it('has a new password, and only from whom may give it', async () => {
    const { userId } = await instance.addPerson();
    const password = { passwordType: { case: 'password' as const, value: { password: 'Another-Horse-8' } } };
    const manager = await instance.addCaller(instance.organisationA, 'ORG_USER_MANAGER');
    await expect(users().updateHumanUser({ userId, password }, manager)).rejects.toMatchObject(
      refusal(Code.PermissionDenied, 'AUTH-AWfge'),
    );
    await users().updateHumanUser({ userId, password }, agent);
    await expect(signIn(userId, 'Correct-Horse-7')).rejects.toMatchObject({ id: 'COMMAND-3M0fs' });
    await signIn(userId, 'Another-Horse-8');
  });

  it('is nobody’s to change who may not, and another’s name is refused', async () => {
    const one = await instance.addPerson();
    const other = await instance.addPerson();
    const { user } = await users().getUserByID({ userId: other.userId }, agent);
    const username = user?.username.toUpperCase() ?? '';
    await expect(users().updateHumanUser({ userId: one.userId, username }, stranger)).rejects.toMatchObject(
      refusal(Code.NotFound, 'AUTHZ-cdgFk'),
    );
    await expect(users().updateHumanUser({ userId: one.userId, username }, agent)).rejects.toMatchObject(
      refusal(Code.AlreadyExists, 'V3-DKcYh'),
    );
    await expect(users().updateHumanUser({ userId: '12345', username }, agent)).rejects.toMatchObject(
      refusal(Code.NotFound, 'COMMAND-ugjs0upun6'),
    );
  });
});

describe('users are made by one method', () => {
  it('people, with their codes and notes', async () => {
    const made = await users().createUser(
      {
        organizationId: instance.organisationA,
        userType: {
          case: 'human',
          value: {
            profile: { givenName: 'Eva', familyName: 'Muster' },
            email: { email: 'eva@example.org', verification: { case: 'returnCode', value: {} } },
            phone: { phone: '+41791234568', verification: { case: 'returnCode', value: {} } },
            metadata: [{ key: 'desk', value: new TextEncoder().encode('7') }],
          },
        },
      },
      agent,
    );
    await users().verifyEmail({ userId: made.id, verificationCode: made.emailCode ?? '' }, agent);
    await users().verifyPhone({ userId: made.id, verificationCode: made.phoneCode ?? '' }, agent);
    const { metadata } = await users().listUserMetadata({ userId: made.id }, agent);
    expect(metadata).toMatchObject([{ key: 'desk', value: new TextEncoder().encode('7') }]);
  });

  it('machines, which are then changed, by v1 too', async () => {
    const { id: userId } = await users().createUser(
      {
        organizationId: instance.organisationA,
        username: 'robot',
        userType: { case: 'machine', value: { name: 'R' } },
      },
      agent,
    );
    const change = { userId, userType: { case: 'machine' as const, value: { description: 'sweeps' } } };
    await users().updateUser(change, agent);
    await management().updateMachine({ userId, name: 'Robot', description: 'sweeps' }, agent);
    await expect(
      management().updateMachine({ userId, name: 'Robot', description: 'sweeps' }, agent),
    ).rejects.toMatchObject(refusal(Code.FailedPrecondition, 'COMMAND-2n8vs'));
    await expect(management().updateMachine({ userId, name: 'Mine' }, stranger)).rejects.toMatchObject(
      refusal(Code.NotFound, 'COMMAND-5M0od'),
    );
    expect((await users().getUserByID({ userId }, agent)).user?.type).toMatchObject({
      value: { name: 'Robot', description: 'sweeps' },
    });
  });
});

describe('tokens of machines', () => {
  it('are made, listed for who may see them, and taken away', async () => {
    const { userId } = await instance.addCaller(instance.organisationA);
    const made = await users().addPersonalAccessToken({ userId }, agent);
    const auth = createClient(AuthService, instance.transport);
    const asToken = { headers: { authorization: `Bearer ${made.token}` } };
    expect((await auth.getMyUser({}, asToken)).user?.id).toBe(userId);
    const filters = [{ filter: { case: 'userIdFilter' as const, value: { id: userId } } }];
    const { result } = await users().listPersonalAccessTokens({ filters }, agent);
    expect(result.map(({ id }) => id)).toContain(made.tokenId);
    expect((await users().listPersonalAccessTokens({ filters }, stranger)).result).toEqual([]);
    await expect(users().listPersonalAccessTokens({ pagination: { limit: 1001 } }, agent)).rejects.toMatchObject(
      refusal(Code.InvalidArgument, 'QUERY-4M0fs'),
    );
    await users().removePersonalAccessToken({ userId, tokenId: made.tokenId }, agent);
    await expect(auth.getMyUser({}, asToken)).rejects.toMatchObject(refusal(Code.Unauthenticated, 'AUTH-7fs1e'));
  });
});

describe('notes on users', () => {
  const entry = (key: string, value: string) => ({ key, value: new TextEncoder().encode(value) });

  it('are set, replaced, listed by key and taken away, all or none', async () => {
    const { userId } = await instance.addPerson();
    await users().setUserMetadata({ userId, metadata: [entry('desk', '7'), entry('floor', '2')] }, agent);
    await users().setUserMetadata({ userId, metadata: [entry('desk', '8')] }, agent);
    const filters = [{ filter: { case: 'keyFilter' as const, value: { key: 'de', method: 2 } } }];
    const { metadata } = await users().listUserMetadata({ userId, filters }, agent);
    expect(metadata).toMatchObject([entry('desk', '8')]);
    await expect(users().deleteUserMetadata({ userId, keys: ['desk', 'roof'] }, agent)).rejects.toMatchObject(
      refusal(Code.NotFound, 'META-2nnds'),
    );
    await users().deleteUserMetadata({ userId, keys: ['desk', 'floor'] }, agent);
    expect((await users().listUserMetadata({ userId }, agent)).metadata).toEqual([]);
  });

  it('are what users are looked for by, whom the caller may see', async () => {
    const { userId } = await instance.addPerson();
    const other = await instance.addPerson();
    await users().setUserMetadata({ userId, metadata: [entry('shelf', 'x')] }, agent);
    await users().setUserMetadata({ userId: other.userId, metadata: [entry('shelf', 'y')] }, agent);
    const find = async (queries: readonly JsonValue[], caller = agent) => {
      const request = fromJson(newest.method.listUsers.input, { queries: [...queries] });
      const { result } = await createClient(newest, instance.transport).listUsers(request, caller);
      return result.map((user) => user.userId).sort();
    };
    const key = { metadataKeyFilter: { key: 'SHE', method: 'TEXT_FILTER_METHOD_STARTS_WITH_IGNORE_CASE' } };
    const value = (method: string) => ({
      metadataValueFilter: { value: 'eA==', method: `BYTE_FILTER_METHOD_${method}` },
    });
    expect(await find([key])).toEqual([userId, other.userId].sort());
    expect(await find([key, value('EQUALS')])).toEqual([userId]);
    expect(await find([key, value('NOT_EQUALS')])).toEqual([other.userId]);
    expect(await find([{ notQuery: { query: key } }, { inUserIdsQuery: { userIds: [userId] } }])).toEqual([]);
    expect(await find([key], stranger)).toEqual([]);
  });

  it('are not one’s own to set, and v1 has ids of its own', async () => {
    const { userId } = await instance.addPerson();
    const { sessionToken } = await signIn(userId, 'Correct-Horse-7');
    const self = { headers: { authorization: `Bearer ${sessionToken}` } };
    await expect(users().setUserMetadata({ userId, metadata: [entry('a', 'b')] }, self)).rejects.toMatchObject(
      refusal(Code.NotFound, 'AUTHZ-cdgFk'),
    );
    await management().setUserMetadata({ id: userId, ...entry('desk', '7') }, agent);
    const auth = createClient(AuthService, instance.transport);
    expect((await auth.getMyMetadata({ key: 'desk' }, self)).metadata).toMatchObject(entry('desk', '7'));
    await management().removeUserMetadata({ id: userId, key: 'desk' }, agent);
    await expect(management().removeUserMetadata({ id: userId, key: 'desk' }, agent)).rejects.toMatchObject(
      refusal(Code.NotFound, 'META-ncnw3'),
    );
    await expect(management().getUserMetadata({ id: userId, key: 'desk' }, agent)).rejects.toMatchObject(
      refusal(Code.NotFound, 'QUERY-Rgh32'),
    );
    await expect(
      management().bulkSetUserMetadata({ id: userId, metadata: [entry('a', 'b')] }, stranger),
    ).rejects.toMatchObject(refusal(Code.FailedPrecondition, 'COMMAND-uXHNj'));
  });
});

it('is the same when it is read from the events again', async () => {
  const before = await digestTables(instance.store.db);
  await instance.store.change((db) => rebuildTables(db));
  expect(await digestTables(instance.store.db)).toEqual(before);
});
