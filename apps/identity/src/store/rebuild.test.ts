import { afterAll, beforeAll, expect, it } from 'vitest';
import { addRecoveryCodes } from '../commands/factors/recovery-codes.ts';
import { removeOtpEmail, removeWebAuthnToken } from '../commands/factors/remove-factor.ts';
import { addLoginPolicy } from '../commands/policies/login-policy.ts';
import { addSecondFactor, removeSecondFactor } from '../commands/policies/login-policy-factors.ts';
import { createSession } from '../commands/sessions/sessions.ts';
import { changeUserState } from '../commands/users/change-user-state.ts';
import { removeUser } from '../commands/users/remove-user.ts';
import { DEFAULT_LOGIN_POLICY } from '../domain/login-policy.ts';
import { openTestInstance, type TestInstance } from '../testing/test-instance.ts';
import { digestTables, rebuildTables } from './rebuild.ts';

let instance: TestInstance;

beforeAll(async () => {
  instance = await openTestInstance();
});

afterAll(() => instance.store.close());

it('reads the same tables from the events again', async () => {
  const { system, store, organisationA } = instance;
  const { userId, tokens } = await instance.addPerson(['totp', 'otpEmail', 'otpSms', 'u2f', 'passkey']);
  await addRecoveryCodes(system, { userId, count: 3 });
  await createSession(system, { checks: { user: { userId }, password: 'Correct-Horse-7' }, lifetime: 60 });
  await expect(createSession(system, { checks: { user: { userId }, password: 'wrong' } })).rejects.toThrow();
  await removeOtpEmail(system, { userId });
  await removeWebAuthnToken(system, { userId, tokenId: tokens.passkey, kind: 'u2f' });
  await addSecondFactor(system, { owner: { level: 'instance' }, factor: 'otpSms' });
  await removeSecondFactor(system, { owner: { level: 'instance' }, factor: 'totp' });
  await addLoginPolicy(system, {
    organisationId: organisationA,
    rules: DEFAULT_LOGIN_POLICY,
    secondFactors: ['totp'],
    multiFactors: [],
  });
  const locked = await instance.addPerson(['u2f']);
  await changeUserState(system, { userId: locked.userId, change: 'lock' });
  const removed = await instance.addPerson(['otpSms']);
  await removeUser(system, { userId: removed.userId });

  const before = await digestTables(store.db);
  const count = await store.change((db) => rebuildTables(db));
  expect(count).toBeGreaterThan(40);
  expect(await digestTables(store.db)).toEqual(before);
});

it('mends a table that is not as the events say', async () => {
  const { store } = instance;
  const before = await digestTables(store.db);
  await store.db.updateTable('users').set({ display_name: 'Somebody else' }).execute();
  expect(await digestTables(store.db)).not.toEqual(before);
  await store.change((db) => rebuildTables(db));
  expect(await digestTables(store.db)).toEqual(before);
});
