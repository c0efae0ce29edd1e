import { Code, createClient } from '@connectrpc/connect';
import { AuthService } from '@zitadel/proto/zitadel/auth_pb.js';
import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { readOutbox } from '../../commands/deliver.ts';
import { createSession } from '../../commands/sessions/sessions.ts';
import { digestTables, rebuildTables } from '../../store/rebuild.ts';
import { openTestInstance, type TestCaller, type TestInstance } from '../../testing/test-instance.ts';

let instance: TestInstance;
let agent: TestCaller;
let stranger: TestCaller;

beforeAll(async () => {
  instance = await openTestInstance();
  agent = await instance.addCaller(instance.organisationA, 'ORG_OWNER');
  stranger = await instance.addCaller(instance.organisationB, 'ORG_OWNER');
});

const users = () => createClient(UserService, instance.transport);
const management = () => createClient(ManagementService, instance.transport);
const refusal = (code: Code, id: string) => ({ code, rawMessage: expect.stringContaining(`(${id})`) });

async function selfOf(userId: string) {
  const checks = { user: { userId }, password: 'Correct-Horse-7' };
  const { sessionToken } = await createSession(instance.system, { checks });
  return { headers: { authorization: `Bearer ${sessionToken}` } };
}

async function humanOf(userId: string) {
  const { user } = await users().getUserByID({ userId }, agent);
  if (user?.type.case !== 'human') throw new Error('nobody');
  return user.type.value;
}

async function eventsOf(userId: string) {
  const rows = await instance.store.db
    .selectFrom('events')
    .select('type')
    .where('aggregate_id', '=', userId)
    .orderBy('sequence')
    .execute();
  return rows.map(({ type }) => type);
}

const ADDRESSES = [
  ['email', 'new@example.org', 'EMAIL-5w5ilin4yt'],
  ['phone', '+41790000000', 'PHONE-5xrra88eq8'],
] as const;

describe.each(ADDRESSES)('a new %s', (kind, value, nothingToResend) => {
  const set = (userId: string, how: object, caller: { readonly headers: { authorization: string } } = agent) => {
    const verification = how as { case: 'returnCode'; value: object };
    return kind === 'email'
      ? users().setEmail({ userId, email: `${userId}${value}`, verification }, caller)
      : users().setPhone({ userId, phone: value, verification }, caller);
  };
  const resend = (userId: string, how: object) => {
    const verification = how as { case: 'returnCode'; value: object };
    return kind === 'email'
      ? users().resendEmailCode({ userId, verification }, agent)
      : users().resendPhoneCode({ userId, verification }, agent);
  };
  const verify = (userId: string, verificationCode: string) =>
    kind === 'email'
      ? users().verifyEmail({ userId, verificationCode }, stranger)
      : users().verifyPhone({ userId, verificationCode }, stranger);
  const isVerified = async (userId: string) => (await humanOf(userId))[kind]?.isVerified;

  it('is proved by the code that was sent to it, once', async () => {
    const { userId } = await instance.addPerson();
    await set(userId, { case: 'sendCode', value: { urlTemplate: 'https://example.org/?c={{.Code}}' } });
    expect(await isVerified(userId)).toBe(false);
    const to = kind === 'email' ? `${userId}${value}` : value;
    const [message] = await readOutbox(instance.store, { to });
    expect(message).toMatchObject({ to, kind: kind === 'email' ? 'email' : 'sms' });
    if (kind === 'email') expect(message?.link).toBe(`https://example.org/?c=${message?.code}`);
    await expect(verify(userId, 'WRONG1')).rejects.toMatchObject(refusal(Code.InvalidArgument, 'COMMAND-eis9R'));
    await verify(userId, message?.code ?? '');
    expect(await isVerified(userId)).toBe(true);
    await expect(verify(userId, message?.code ?? '')).rejects.toMatchObject(
      refusal(Code.InvalidArgument, 'COMMAND-eis9R'),
    );
    expect((await eventsOf(userId)).slice(-6)).toEqual(
      ['changed', 'code.added', 'code.sent', 'verification.failed', 'verified', 'verification.failed'].map(
        (what) => `user.human.${kind}.${what}`,
      ),
    );
  });

  it('goes back to the caller as a code; a second one ends the first; the same again is refused', async () => {
    const { userId } = await instance.addPerson();
    await expect(resend(userId, { case: 'returnCode', value: {} })).rejects.toMatchObject(
      refusal(Code.FailedPrecondition, nothingToResend),
    );
    const first = await set(userId, { case: 'returnCode', value: {} });
    const second = await resend(userId, { case: 'returnCode', value: {} });
    await expect(verify(userId, first.verificationCode ?? '')).rejects.toMatchObject({ code: Code.InvalidArgument });
    await expect(set(userId, { case: 'returnCode', value: {} })).rejects.toMatchObject(
      refusal(Code.FailedPrecondition, 'COMMAND-Uch5e'),
    );
    await verify(userId, second.verificationCode ?? '');
    expect(await isVerified(userId)).toBe(true);
  });

  it('is one’s own to change, and another’s to call verified', async () => {
    const { userId } = await instance.addPerson();
    const self = await selfOf(userId);
    await expect(set(userId, { case: 'isVerified', value: true }, self)).rejects.toMatchObject(
      refusal(Code.NotFound, 'AUTHZ-cdgFk'),
    );
    await expect(set(userId, { case: 'returnCode', value: {} }, stranger)).rejects.toMatchObject(
      refusal(Code.NotFound, 'AUTHZ-cdgFk'),
    );
    await set(userId, { case: 'returnCode', value: {} }, self);
    await expect(set('123456789012345678', { case: 'returnCode', value: {} })).rejects.toMatchObject(
      refusal(Code.NotFound, 'COMMAND-ieJ2e'),
    );
  });
});

it('v1 changes, proves and takes away one’s own, with its own ids', async () => {
  const { userId } = await instance.addPerson();
  const self = await selfOf(userId);
  const auth = createClient(AuthService, instance.transport);
  await auth.setMyPhone({ phone: '+41 79 111 22 33' }, self);
  expect((await auth.getMyPhone({}, self)).phone).toMatchObject({ phone: '+41791112233', isPhoneVerified: false });
  await expect(auth.verifyMyPhone({ code: 'WRONG1' }, self)).rejects.toMatchObject(
    refusal(Code.InvalidArgument, 'COMMAND-sM0cs'),
  );
  const [message] = await readOutbox(instance.store, { to: '+41791112233' });
  await auth.verifyMyPhone({ code: message?.code ?? '' }, self);
  await expect(auth.verifyMyPhone({ code: message?.code ?? '' }, self)).rejects.toMatchObject(
    refusal(Code.NotFound, 'COMMAND-Rsj8c'),
  );
  await expect(auth.resendMyPhoneVerification({}, self)).rejects.toMatchObject(
    refusal(Code.FailedPrecondition, 'COMMAND-2M9sf'),
  );
  await auth.removeMyPhone({}, self);
  await expect(auth.resendMyPhoneVerification({}, self)).rejects.toMatchObject(refusal(Code.NotFound, 'COMMAND-2b7Hf'));
  await expect(auth.setMyPhone({ phone: 'nobody' }, self)).rejects.toMatchObject(
    refusal(Code.InvalidArgument, 'PHONE-so0wa'),
  );
});

it('v1 changes people of the own organisation alone', async () => {
  const { userId } = await instance.addPerson();
  await management().updateHumanEmail({ userId, email: 'v1@example.org', isEmailVerified: true }, agent);
  expect((await management().getHumanEmail({ userId }, agent)).email).toMatchObject({
    email: 'v1@example.org',
    isEmailVerified: true,
  });
  await expect(management().resendHumanEmailVerification({ userId }, agent)).rejects.toMatchObject(
    refusal(Code.FailedPrecondition, 'COMMAND-3M9ds'),
  );
  await expect(management().updateHumanEmail({ userId, email: 'v1@example.org' }, agent)).rejects.toMatchObject(
    refusal(Code.FailedPrecondition, 'COMMAND-2b7fM'),
  );
  await expect(management().getHumanEmail({ userId }, stranger)).rejects.toMatchObject({ code: Code.NotFound });
  await expect(management().updateHumanPhone({ userId, phone: '+41790000001' }, stranger)).rejects.toMatchObject(
    refusal(Code.FailedPrecondition, 'COMMAND-3M0fs'),
  );
});

it('is the same when it is read from the events again', async () => {
  const before = await digestTables(instance.store.db);
  await instance.store.change((db) => rebuildTables(db));
  expect(await digestTables(instance.store.db)).toEqual(before);
});
