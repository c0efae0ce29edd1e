import { Code, createClient } from '@connectrpc/connect';
import { AuthService } from '@zitadel/proto/zitadel/auth_pb.js';
import { Secret, TOTP } from 'otpauth';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSession } from '../../commands/sessions/sessions.ts';
import { registerInSoftware } from '../../seed/demo/software-authenticator.ts';
import { openTestInstance, type TestInstance } from '../../testing/test-instance.ts';

let instance: TestInstance;

beforeAll(async () => {
  instance = await openTestInstance();
});

const auth = () => createClient(AuthService, instance.transport);
const refusal = (code: Code, id: string) => ({ code, rawMessage: expect.stringContaining(`(${id})`) });

async function someone() {
  const { userId } = await instance.addPerson();
  const checks = { user: { userId }, password: 'Correct-Horse-7' };
  const { sessionToken } = await createSession(instance.system, { checks });
  return { userId, headers: { authorization: `Bearer ${sessionToken}` } };
}

async function kindsOf(userId: string) {
  const rows = await instance.store.db
    .selectFrom('factors')
    .select(['kind', 'state', 'name'])
    .where('user_id', '=', userId)
    .execute();
  return rows;
}

it('people set an authenticator app up for themselves', async () => {
  const self = await someone();
  const { secret, url } = await auth().addMyAuthFactorOTP({}, self);
  expect(url).toContain(secret);
  await expect(auth().verifyMyAuthFactorOTP({ code: '000000' }, self)).rejects.toMatchObject(
    refusal(Code.InvalidArgument, 'EVENT-8isk2'),
  );
  await auth().verifyMyAuthFactorOTP({ code: new TOTP({ secret: Secret.fromBase32(secret) }).generate() }, self);
  expect(await kindsOf(self.userId)).toMatchObject([{ kind: 'totp', state: 'ready' }]);
});

it.each([
  ['addMyAuthFactorOTPEmail', 'COMMAND-MKL2s'],
  ['addMyAuthFactorOTPSMS', 'COMMAND-Ad3g2'],
] as const)('and codes, once: %s', async (method, again) => {
  const self = await someone();
  await auth()[method]({}, self);
  expect(await kindsOf(self.userId)).toHaveLength(1);
  await expect(auth()[method]({}, self)).rejects.toMatchObject(refusal(Code.AlreadyExists, again));
});

describe.each([
  ['u2f', 'addMyAuthFactorU2F', 'verifyMyAuthFactorU2F'],
  ['passkey', 'addMyPasswordless', 'verifyMyPasswordless'],
] as const)('and a %s', (kind, add, verify) => {
  it('is the one that was begun last', async () => {
    const self = await someone();
    const nothing = { verification: { publicKeyCredential: new Uint8Array([1]), tokenName: 'x' } };
    await expect(auth()[verify](nothing, self)).rejects.toMatchObject({ code: Code.NotFound });
    await auth()[add]({}, self);
    const { key } = await auth()[add]({}, self);
    const options = JSON.parse(new TextDecoder().decode(key?.publicKey)) as {
      publicKey: { challenge: string; rp: { id: string } };
    };
    const { challenge, rp } = options.publicKey;
    const { registration } = registerInSoftware({ challenge, rpId: rp.id, origin: `http://${rp.id}` });
    await expect(auth()[verify](nothing, self)).rejects.toMatchObject({ code: Code.InvalidArgument });
    const publicKeyCredential = new TextEncoder().encode(JSON.stringify(registration));
    await auth()[verify]({ verification: { publicKeyCredential, tokenName: 'Mine' } }, self);
    expect(await kindsOf(self.userId)).toMatchObject([
      { kind, state: 'notReady' },
      { kind, state: 'ready', name: 'Mine' },
    ]);
  });
});
