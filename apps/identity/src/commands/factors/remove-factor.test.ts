import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestInstance, type TestCaller, type TestInstance } from '../../testing/test-instance.ts';
import { removePhone } from '../users/contact-details.ts';
import { removeUser } from '../users/remove-user.ts';
import { removeOtpEmail, removeOtpSms, removeTotp, removeWebAuthnToken } from './remove-factor.ts';
import { startTotp } from './totp.ts';

let instance: TestInstance;
let manager: TestCaller;
let viewer: TestCaller;
let managerElsewhere: TestCaller;
let nobody: TestCaller;

beforeAll(async () => {
  instance = await openTestInstance();
  const { organisationA, organisationB } = instance;
  manager = await instance.addCaller(organisationA, 'ORG_USER_MANAGER');
  viewer = await instance.addCaller(organisationA, 'ORG_OWNER_VIEWER');
  managerElsewhere = await instance.addCaller(organisationB, 'ORG_USER_MANAGER');
  nobody = await instance.addCaller(organisationA);
});

afterAll(() => instance.store.close());

const UNKNOWN = '123456789012345678';

describe.each([
  ['codes by email', 'otpEmail', removeOtpEmail, 'COMMAND-b312D'],
  ['codes by SMS', 'otpSms', removeOtpSms, 'COMMAND-Sr3h3'],
] as const)('%s', (_name, kind, remove, missing) => {
  it('are removed once, with the details of the event', async () => {
    const { userId } = await instance.addPerson([kind]);
    const details = await remove(manager.context, { userId });
    expect(details).toMatchObject({ resourceOwner: instance.organisationA });
    const last = await instance.store.db
      .selectFrom('events')
      .selectAll()
      .where('aggregate_id', '=', userId)
      .orderBy('sequence', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(last).toMatchObject({ editor: manager.userId, payload: '{}', sequence: details.sequence });
    await expect(remove(manager.context, { userId })).rejects.toMatchObject({ id: missing });
  });

  it('are asked for after the right', async () => {
    const { userId } = await instance.addPerson();
    await expect(remove(viewer.context, { userId })).rejects.toMatchObject({ id: 'AUTH-AWfge' });
    await expect(remove(nobody.context, { userId })).rejects.toMatchObject({ id: 'AUTHZ-cdgFk' });
    await expect(remove(managerElsewhere.context, { userId })).rejects.toMatchObject({ id: 'AUTHZ-cdgFk' });
    await expect(remove(manager.context, { userId })).rejects.toMatchObject({ id: missing });
  });

  it('are not found of a user who never was, nor (v1) in another organisation', async () => {
    await expect(remove(manager.context, { userId: UNKNOWN })).rejects.toMatchObject({ id: 'COMMAND-4g3xq' });
    const { userId } = await instance.addPerson([kind]);
    const elsewhere = { userId, resourceOwner: instance.organisationB };
    await expect(remove(managerElsewhere.context, elsewhere)).rejects.toMatchObject({ id: missing });
    const unknownHere = { userId: UNKNOWN, resourceOwner: instance.organisationA };
    await expect(remove(manager.context, unknownHere)).rejects.toMatchObject({ id: missing });
  });

  it('of a removed user are missing, not the user', async () => {
    const { userId } = await instance.addPerson([kind]);
    await removeUser(instance.system, { userId });
    await expect(remove(manager.context, { userId })).rejects.toMatchObject({ id: missing });
  });

  it('are one’s own to remove', async () => {
    const { userId } = await instance.addPerson([kind]);
    const self = {
      ...instance.system,
      caller: { kind: 'user', userId, organisationId: instance.organisationA },
    } as const;
    await expect(remove(self, { userId })).resolves.toMatchObject({ resourceOwner: instance.organisationA });
    await expect(remove(self, { userId })).rejects.toMatchObject({ id: missing });
  });
});

it('codes by SMS go with the number', async () => {
  const { userId } = await instance.addPerson(['otpSms']);
  await removePhone(manager.context, { userId });
  await expect(removeOtpSms(manager.context, { userId })).rejects.toMatchObject({ id: 'COMMAND-Sr3h3' });
});

it('an authenticator app is looked for before the right, also when it was never confirmed', async () => {
  const { userId } = await instance.addPerson();
  await expect(removeTotp(nobody.context, { userId })).rejects.toMatchObject({ id: 'COMMAND-Hd9sd' });
  await expect(removeTotp(nobody.context, { userId: UNKNOWN })).rejects.toMatchObject({ id: 'COMMAND-Hd9sd' });
  await startTotp(instance.system, { userId });
  await expect(removeTotp(nobody.context, { userId })).rejects.toMatchObject({ id: 'AUTHZ-cdgFk' });
  await expect(removeTotp(viewer.context, { userId })).rejects.toMatchObject({ id: 'AUTH-AWfge' });
  await removeTotp(manager.context, { userId });
  await expect(removeTotp(manager.context, { userId })).rejects.toMatchObject({ id: 'COMMAND-Hd9sd' });
});

describe('a security key or passkey', () => {
  it('is looked for before the right', async () => {
    const { userId, tokens } = await instance.addPerson(['u2f']);
    const other = await instance.addPerson(['u2f']);
    const missing = { id: 'COMMAND-DAfb2' };
    const key = { userId, tokenId: tokens.u2f, kind: 'u2f' } as const;
    await expect(removeWebAuthnToken(nobody.context, { ...key, tokenId: UNKNOWN })).rejects.toMatchObject(missing);
    await expect(removeWebAuthnToken(nobody.context, key)).rejects.toMatchObject({ id: 'AUTHZ-cdgFk' });
    await expect(removeWebAuthnToken(viewer.context, key)).rejects.toMatchObject({ id: 'AUTH-AWfge' });
    const ofAnother = { ...key, tokenId: other.tokens.u2f };
    await expect(removeWebAuthnToken(manager.context, ofAnother)).rejects.toMatchObject(missing);
    await removeWebAuthnToken(manager.context, key);
    await expect(removeWebAuthnToken(manager.context, key)).rejects.toMatchObject(missing);
  });

  it('removed as the other kind stays listed and is lost to commands', async () => {
    const { userId, tokens } = await instance.addPerson(['passkey']);
    const key = { userId, tokenId: tokens.passkey };
    await removeWebAuthnToken(manager.context, { ...key, kind: 'u2f' });
    const listed = await instance.store.db.selectFrom('factors').select('kind').where('user_id', '=', userId).execute();
    expect(listed).toEqual([{ kind: 'passkey' }]);
    await expect(removeWebAuthnToken(manager.context, { ...key, kind: 'passkey' })).rejects.toMatchObject({
      id: 'COMMAND-DAfb2',
    });
  });
});

it('of two removals at once one finds the factor gone', async () => {
  const { userId } = await instance.addPerson(['otpEmail']);
  const outcomes = await Promise.allSettled([
    removeOtpEmail(manager.context, { userId }),
    removeOtpEmail(manager.context, { userId }),
  ]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});
