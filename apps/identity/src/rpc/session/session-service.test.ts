import { create, type DescMethodUnary, fromJson, type JsonObject, toJson } from '@bufbuild/protobuf';
import { type Client, Code, ConnectError, createClient } from '@connectrpc/connect';
import { type Challenges, UserVerificationRequirement } from '@zitadel/proto/zitadel/session/v2/challenge_pb.js';
import {
  CreatorQuerySchema,
  type SearchQuery,
  UserAgentQuerySchema,
  UserIDQuerySchema,
} from '@zitadel/proto/zitadel/session/v2/session_pb.js';
import { SessionService } from '@zitadel/proto/zitadel/session/v2/session_service_pb.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWebAuthnRegistration, verifyWebAuthnRegistration } from '../../commands/factors/webauthn-registration.ts';
import { createSession } from '../../commands/sessions/sessions.ts';
import { changeUserState } from '../../commands/users/change-user-state.ts';
import type { WebAuthnKind } from '../../domain/factors.ts';
import { registerInSoftware, type SoftwareCredential } from '../../seed/demo/software-authenticator.ts';
import { answerWith } from '../../testing/software-key.ts';
import { openTestInstance, type TestInstance } from '../../testing/test-instance.ts';
import { SERVICES } from '../../transport/services.ts';

const ORIGIN = 'http://localhost:8080';
const LIST_SESSIONS = 'rpc zitadel.session.v2.SessionService.ListSessions';
const PASSWORD = { password: 'Correct-Horse-7' };

let instance: TestInstance;
let sessions: Client<typeof SessionService>;
let asLoginClient: { headers: Record<string, string> };

beforeAll(async () => {
  instance = await openTestInstance();
  sessions = createClient(SessionService, instance.transport);
  asLoginClient = { headers: { authorization: `Bearer ${instance.made.loginClient.token}` } };
});

afterAll(() => instance.store.close());

const signIn = (userId: string) =>
  sessions.createSession(
    { checks: { user: { search: { case: 'userId', value: userId } }, password: PASSWORD } },
    asLoginClient,
  );

const factorsOf = async (sessionId: string) =>
  (await sessions.getSession({ sessionId }, asLoginClient)).session?.factors;

async function refusal(call: Promise<unknown>): Promise<[Code, string]> {
  const error = await call.then(
    () => undefined,
    (cause: unknown) => ConnectError.from(cause),
  );
  if (!error) throw new Error('the call was answered');
  return [error.code, error.rawMessage];
}

async function addKey(userId: string, kind: WebAuthnKind): Promise<SoftwareCredential> {
  const { tokenId, options } = await startWebAuthnRegistration(instance.system, { userId, kind, rpId: 'localhost' });
  const challenge = String(options.publicKey.challenge);
  const key = registerInSoftware({ challenge, rpId: 'localhost', origin: ORIGIN });
  const credential = key.registration;
  await verifyWebAuthnRegistration(instance.system, { userId, kind, tokenId, name: 'Key', credential });
  return key;
}

function publicKeyOf(challenges: Challenges | undefined) {
  const options = challenges?.webAuthN?.publicKeyCredentialRequestOptions ?? {};
  return options.publicKey as { challenge: string; allowCredentials: { id: string }[] };
}

describe('a session', () => {
  it.each([
    ['u2f', UserVerificationRequirement.DISCOURAGED, false],
    ['passkey', UserVerificationRequirement.REQUIRED, true],
  ] as const)('is proved with a %s', async (kind, userVerificationRequirement, userVerified) => {
    const { userId } = await instance.addPerson();
    const key = await addKey(userId, kind);
    const { sessionId } = await signIn(userId);
    const webAuthN = { domain: 'localhost', userVerificationRequirement };
    const { challenges } = await sessions.setSession({ sessionId, challenges: { webAuthN } }, asLoginClient);
    const publicKey = publicKeyOf(challenges);
    expect(publicKey.allowCredentials.map(({ id }) => id)).toEqual([key.credentialId]);
    const answer = answerWith(key, { challenge: publicKey.challenge, origin: ORIGIN, userVerified });
    const checks = { webAuthN: { credentialAssertionData: JSON.parse(answer) } };
    await sessions.setSession({ sessionId, checks }, asLoginClient);
    expect((await factorsOf(sessionId))?.webAuthN).toMatchObject({ userVerified });
    // The challenge is used up.
    expect(await refusal(sessions.setSession({ sessionId, checks }, asLoginClient))).toEqual([
      Code.FailedPrecondition,
      'Session without WebAuthN challenge (COMMAND-Ioqu5)',
    ]);
  });

  it('is not proved from another site, nor by another’s key', async () => {
    const { userId } = await instance.addPerson();
    const other = await instance.addPerson();
    const key = await addKey(userId, 'u2f');
    const foreign = await addKey(other.userId, 'u2f');
    const { sessionId } = await signIn(userId);
    const webAuthN = { domain: 'localhost', userVerificationRequirement: UserVerificationRequirement.DISCOURAGED };
    const { challenges } = await sessions.setSession({ sessionId, challenges: { webAuthN } }, asLoginClient);
    const publicKey = publicKeyOf(challenges);
    const send = (answer: string) =>
      sessions.setSession(
        { sessionId, checks: { webAuthN: { credentialAssertionData: JSON.parse(answer) } } },
        asLoginClient,
      );
    const { challenge } = publicKey;
    for (const origin of ['https://localhost.example', 'https://example.org', 'http://notlocalhost:8080']) {
      await expect(send(answerWith(key, { challenge, origin }))).rejects.toThrow();
    }
    await expect(send(answerWith(foreign, { challenge, origin: ORIGIN }))).rejects.toThrow();
    await send(answerWith(key, { challenge, origin: ORIGIN }));
    expect((await factorsOf(sessionId))?.webAuthN).toMatchObject({ userVerified: false });
  });

  it('keeps its metadata, and changes nothing for nothing', async () => {
    const { userId } = await instance.addPerson();
    const { sessionId } = await signIn(userId);
    const set = (metadata: Record<string, Uint8Array>) => sessions.setSession({ sessionId, metadata }, asLoginClient);
    const first = await set({ a: Buffer.from('1'), b: Buffer.from('2') });
    const again = await set({ a: Buffer.from('1') });
    expect(again.sessionToken).toBe('');
    expect(again.details?.sequence).toBe(first.details?.sequence);
    await set({ b: new Uint8Array() });
    const { session } = await sessions.getSession({ sessionId }, asLoginClient);
    expect(Object.keys(session?.metadata ?? {})).toEqual(['a']);
  });

  it('says of itself that it ended, also by a lock', async () => {
    const { userId } = await instance.addPerson();
    const { sessionId } = await signIn(userId);
    await changeUserState(instance.system, { userId, change: 'lock' });
    const checks = { totp: { code: '000000' } };
    expect(await refusal(sessions.setSession({ sessionId, checks }, asLoginClient))).toEqual([
      Code.FailedPrecondition,
      'Session already terminated (COMMAND-Hewfq)',
    ]);
  });

  it('ends by its own token, not by another', async () => {
    const { userId } = await instance.addPerson();
    const nobody = await instance.addCaller(instance.organisationA);
    const one = await signIn(userId);
    const other = await signIn(userId);
    const end = (sessionToken: string) =>
      sessions.deleteSession({ sessionId: one.sessionId, sessionToken }, { headers: nobody.headers });
    expect(await refusal(end(other.sessionToken))).toEqual([
      Code.PermissionDenied,
      'Session Token is invalid (COMMAND-sGr42)',
    ]);
    await end(one.sessionToken);
    // Its last token still speaks for it.
    await end(one.sessionToken);
    expect(await factorsOf(other.sessionId)).toBeDefined();
    expect((await refusal(factorsOf(one.sessionId)))[1]).toBe('Session does not exist (QUERY-SFeaa)');
  });
});

it('has no factors before it knows its person, and keeps to that person', async () => {
  const { userId } = await instance.addPerson();
  const other = await instance.addPerson();
  const { sessionId } = await sessions.createSession({}, asLoginClient);
  expect(await factorsOf(sessionId)).toBeUndefined();
  const become = (value: string) =>
    sessions.setSession({ sessionId, checks: { user: { search: { case: 'userId', value } } } }, asLoginClient);
  await become(userId);
  expect((await factorsOf(sessionId))?.user?.id).toBe(userId);
  expect(await refusal(become(other.userId))).toEqual([Code.InvalidArgument, 'user change not possible ()']);
});

describe('a search', () => {
  const search = (query: SearchQuery['query']) => sessions.listSessions({ queries: [{ query }] }, asLoginClient);

  it('does not find sessions that know no person', async () => {
    await sessions.createSession({}, asLoginClient);
    const { sessions: found } = await search({ case: 'userIdQuery', value: create(UserIDQuerySchema, { id: '' }) });
    expect(found).toEqual([]);
  });

  it('finds by when they expire', async () => {
    const session = await createSession(instance.system, { lifetime: 60 });
    const method = SERVICES.flatMap(({ methods }) => methods).find(
      (each): each is DescMethodUnary => each.methodKind === 'unary' && String(each) === LIST_SESSIONS,
    );
    if (!method) throw new Error('no such method');
    const found = async (expirationDateQuery: JsonObject) => {
      const request = fromJson(method.input, { queries: [{ expirationDateQuery }] });
      const { headers } = asLoginClient;
      const { message } = await instance.transport.unary(method, undefined, undefined, headers, request);
      return toJson(method.output, message);
    };
    const expirationDate = new Date(Date.now() + 3_600_000).toISOString();
    const sooner = await found({ expirationDate, method: 'TIMESTAMP_QUERY_METHOD_LESS' });
    expect(sooner).toMatchObject({ sessions: [{ id: session.sessionId }] });
    const later = await found({ expirationDate, method: 'TIMESTAMP_QUERY_METHOD_GREATER' });
    expect(later).not.toHaveProperty('sessions');
  });

  it.each([
    ['creator', { case: 'creatorQuery', value: create(CreatorQuerySchema, { id: '' }) }, 'GRPC-x8n24uh'],
    ['user agent', { case: 'userAgentQuery', value: create(UserAgentQuerySchema) }, 'GRPC-x8n23uh'],
  ] as const)('by nobody’s %s is refused', async (_name, query, errorId) => {
    expect(await refusal(search(query))).toEqual([Code.InvalidArgument, `List.Query.Invalid (${errorId})`]);
  });
});

describe('checks without what they need', () => {
  it.each([
    ['no-base-64!', 'CRYPTO-Swg31'],
    ['AAAA', 'CRYPTO-Sf4gt'],
  ])('a sign-in elsewhere with the token %s', async (idpIntentToken, errorId) => {
    const { userId } = await instance.addPerson();
    const { sessionId } = await signIn(userId);
    const checks = { idpIntent: { idpIntentId: '1', idpIntentToken } };
    expect(await refusal(sessions.setSession({ sessionId, checks }, asLoginClient))).toEqual([
      Code.PermissionDenied,
      `Intent Token is invalid (${errorId})`,
    ]);
  });

  it.each([
    ['a password', { password: PASSWORD }, 'User ID missing (COMMAND-Sfw3f)'],
    ['an app’s code', { totp: { code: '123456' } }, 'User ID missing (COMMAND-8N9ds)'],
    ['a code by SMS', { otpSms: { code: '1' } }, 'User ID missing (COMMAND-S453v)'],
  ] as const)('%s of nobody', async (_name, checks, message) => {
    expect((await refusal(sessions.createSession({ checks }, asLoginClient)))[1]).toBe(message);
  });

  it.each([
    ['an app', { totp: { code: '123456' } }, "Multifactor OTP (OneTimePassword) isn't ready (COMMAND-3Mif9s)"],
    ['codes by SMS', { otpSms: { code: '1' } }, "Multifactor OTP (OneTimePassword) isn't ready (COMMAND-d2r52)"],
  ] as const)('%s of somebody without', async (_name, checks, message) => {
    const { userId } = await instance.addPerson();
    const { sessionId } = await signIn(userId);
    expect(await refusal(sessions.setSession({ sessionId, checks }, asLoginClient))).toEqual([
      Code.FailedPrecondition,
      message,
    ]);
  });
});
