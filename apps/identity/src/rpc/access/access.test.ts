import { type Client, Code, ConnectError, createClient } from '@connectrpc/connect';
import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSecondFactor } from '../../commands/policies/login-policy-factors.ts';
import { createSession, terminateSession } from '../../commands/sessions/sessions.ts';
import { changeUserState } from '../../commands/users/change-user-state.ts';
import { addPersonalAccessToken, removePersonalAccessToken } from '../../commands/users/personal-access-tokens.ts';
import { openTestInstance, type TestCaller, type TestInstance } from '../../testing/test-instance.ts';

let instance: TestInstance;
let users: Client<typeof UserService>;
let management: Client<typeof ManagementService>;
let owner: TestCaller;
let person: string;

beforeAll(async () => {
  instance = await openTestInstance();
  users = createClient(UserService, instance.transport);
  management = createClient(ManagementService, instance.transport);
  owner = await instance.addCaller(instance.organisationA, 'ORG_OWNER');
  ({ userId: person } = await instance.addPerson());
});

afterAll(() => instance.store.close());

const anHourAgo = () => ({ ...instance.system, now: () => Date.now() - 3_600_000 });

const get = (headers: Record<string, string>) => users.getUserByID({ userId: person }, { headers });

async function refusal(call: Promise<unknown>): Promise<[Code, string]> {
  const error = await call.then(
    () => undefined,
    (cause: unknown) => ConnectError.from(cause),
  );
  if (!error) throw new Error('the call was answered');
  return [error.code, error.rawMessage];
}

describe('a token', () => {
  it.each([
    ['none', {}, 'auth header missing'],
    ['of another scheme', { authorization: 'Basic YTpi' }, 'invalid auth header (AUTH-toLo1)'],
    ['with a scheme in small letters', { authorization: 'bearer x' }, 'invalid auth header (AUTH-toLo1)'],
    ['that is empty', { authorization: 'Bearer ' }, 'invalid auth header (AUTH-toLo1)'],
    ['that nobody made', { authorization: 'Bearer garbage' }, 'Errors.Token.Invalid (AUTH-7fs1e)'],
  ])('%s', async (_name, headers, message) => {
    expect(await refusal(get(headers))).toEqual([Code.Unauthenticated, message]);
  });

  it('ends with its removal, its time and its user’s lock', async () => {
    const { userId, headers } = await instance.addCaller(instance.organisationA, 'ORG_OWNER');
    await get(headers);
    const soon = await addPersonalAccessToken(anHourAgo(), { userId, expiresAt: Date.now() - 1 });
    const dead = [Code.Unauthenticated, 'Errors.Token.Invalid (AUTH-7fs1e)'];
    expect(await refusal(get({ authorization: `Bearer ${soon.token}` }))).toEqual(dead);
    const other = await addPersonalAccessToken(instance.system, { userId });
    await removePersonalAccessToken(instance.system, { userId, tokenId: other.tokenId });
    expect(await refusal(get({ authorization: `Bearer ${other.token}` }))).toEqual(dead);
    await changeUserState(instance.system, { userId, change: 'lock' });
    expect(await refusal(get(headers))).toEqual(dead);
  });
});

describe('a session’s token', () => {
  const signIn = (userId: string, checks: { password?: string; totp?: string } = { password: 'Correct-Horse-7' }) =>
    createSession(instance.system, { checks: { user: { userId }, ...checks } });

  it('opens what is one’s own until the session ends or the person is locked, also after the unlock', async () => {
    const { userId } = await instance.addPerson();
    const me = (token: string) => users.getUserByID({ userId }, { headers: { authorization: `Bearer ${token}` } });
    const first = await signIn(userId);
    expect((await me(first.sessionToken)).user?.userId).toBe(userId);
    await terminateSession(instance.system, first);
    const ended = [Code.NotFound, 'Errors.Session.NotExisting (QUERY-SFeaa)'];
    expect(await refusal(me(first.sessionToken))).toEqual(ended);
    const second = await signIn(userId);
    await changeUserState(instance.system, { userId, change: 'lock' });
    expect(await refusal(me(second.sessionToken))).toEqual(ended);
    await changeUserState(instance.system, { userId, change: 'unlock' });
    expect(await refusal(me(second.sessionToken))).toEqual(ended);
  });

  it('is not enough without a proof, nor without the second factor that the policy allows', async () => {
    const { userId } = await instance.addPerson(['otpEmail']);
    const me = (token: string) => users.getUserByID({ userId }, { headers: { authorization: `Bearer ${token}` } });
    const unproved = await signIn(userId, {});
    expect(await refusal(me(unproved.sessionToken))).toEqual([
      Code.PermissionDenied,
      'authentication required (AUTHZ-Kl3p0)',
    ]);
    const byPassword = await signIn(userId);
    expect((await me(byPassword.sessionToken)).user?.userId).toBe(userId);
    await addSecondFactor(instance.system, { owner: { level: 'instance' }, factor: 'otpEmail' });
    expect(await refusal(me(byPassword.sessionToken))).toEqual([Code.PermissionDenied, 'mfa required (AUTHZ-Kl3p0)']);
  });

  it('expires with the session’s lifetime', async () => {
    const { userId } = await instance.addPerson();
    const { sessionToken } = await createSession(anHourAgo(), {
      checks: { user: { userId }, password: 'Correct-Horse-7' },
      lifetime: 60,
    });
    const headers = { authorization: `Bearer ${sessionToken}` };
    expect(await refusal(get(headers))).toEqual([Code.PermissionDenied, 'session expired (AUTHZ-EGDo3)']);
  });
});

describe('the organisation of a call', () => {
  it('must exist', async () => {
    const headers = { ...owner.headers, 'x-zitadel-orgid': '123456789012345678' };
    expect(await refusal(get(headers))).toEqual([Code.PermissionDenied, "Organisation doesn't exist (AUTH-Bs7Ds)"]);
  });

  it('decides which roles count in v1', async () => {
    const viewer = await instance.addCaller(instance.organisationA, 'ORG_OWNER_VIEWER');
    const remove = (caller: TestCaller, organisation: string) =>
      management.removeHumanAuthFactorOTPEmail(
        { userId: person },
        { headers: { ...caller.headers, 'x-zitadel-orgid': organisation } },
      );
    expect(await refusal(remove(owner, instance.organisationB))).toEqual([
      Code.NotFound,
      'membership not found (AUTHZ-cdgFk)',
    ]);
    expect(await refusal(remove(viewer, instance.organisationA))).toEqual([
      Code.PermissionDenied,
      'No matching permissions found (AUTH-5mWD2)',
    ]);
    expect(await refusal(remove(owner, instance.organisationA))).toEqual([
      Code.NotFound,
      "Multifactor OTP (OneTimePassword) doesn't exist (COMMAND-b312D)",
    ]);
  });
});

it('answers v1 in the language asked for, and v2 not', async () => {
  const headers = { ...owner.headers, 'accept-language': 'de-CH, en;q=0.5' };
  const [, v1] = await refusal(management.removeHumanAuthFactorOTPEmail({ userId: person }, { headers }));
  expect(v1).toBe('Multifaktor OTP (OneTimePassword) existiert nicht (COMMAND-b312D)');
  const [, v2] = await refusal(users.removeOTPEmail({ userId: person }, { headers }));
  expect(v2).toBe("Multifactor OTP (OneTimePassword) doesn't exist (COMMAND-b312D)");
});
