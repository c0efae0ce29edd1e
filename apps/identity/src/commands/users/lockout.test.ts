import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestInstance, type TestInstance } from '../../testing/test-instance.ts';
import { readOutbox } from '../deliver.ts';
import { checkOneTimeCode, sendOneTimeCode } from '../factors/one-time-codes.ts';
import { changeLockoutPolicy } from '../policies/lockout-policy.ts';
import { changeUserState } from './change-user-state.ts';
import { checkPassword } from './check-password.ts';

let instance: TestInstance;

beforeAll(async () => {
  instance = await openTestInstance();
});

afterAll(() => instance.store.close());

const stateOf = async (userId: string) =>
  (await instance.store.db.selectFrom('users').select('state').where('id', '=', userId).executeTakeFirst())?.state;

it('locks nobody by itself, and tells how often a password was wrong', async () => {
  const { userId } = await instance.addPerson();
  const wrong = { userId, password: 'wrong' };
  for (const failedAttempts of [1, 2, 3]) {
    await expect(checkPassword(instance.system, wrong)).rejects.toMatchObject({ id: 'COMMAND-3M0fs', failedAttempts });
  }
  await checkPassword(instance.system, { userId, password: 'Correct-Horse-7' });
  await expect(checkPassword(instance.system, wrong)).rejects.toMatchObject({ failedAttempts: 1 });
});

it('locks by the policy, after so many wrong passwords or codes in a row', async () => {
  await changeLockoutPolicy(instance.system, { maxPasswordAttempts: 2, maxOTPAttempts: 2 });
  const first = await instance.addPerson();
  const wrong = { userId: first.userId, password: 'wrong' };
  await expect(checkPassword(instance.system, wrong)).rejects.toMatchObject({ id: 'COMMAND-3M0fs' });
  await expect(checkPassword(instance.system, wrong)).rejects.toMatchObject({ id: 'COMMAND-3M0fs' });
  expect(await stateOf(first.userId)).toBe('locked');
  const right = { userId: first.userId, password: 'Correct-Horse-7' };
  await expect(checkPassword(instance.system, right)).rejects.toMatchObject({ id: 'COMMAND-JLK35' });
  await changeUserState(instance.system, { userId: first.userId, change: 'unlock' });
  await checkPassword(instance.system, right);

  const second = await instance.addPerson(['otpSms']);
  const code = { userId: second.userId, kind: 'otpSms', code: '00000000' } as const;
  await sendOneTimeCode(instance.system, code);
  await expect(checkOneTimeCode(instance.system, code)).rejects.toMatchObject({ id: 'CODE-woT0xc' });
  await expect(checkOneTimeCode(instance.system, code)).rejects.toMatchObject({ id: 'CODE-woT0xc' });
  expect(await stateOf(second.userId)).toBe('locked');
});

it('takes a code once, and only while it is fresh', async () => {
  const { userId } = await instance.addPerson(['otpEmail']);
  const asked = { userId, kind: 'otpEmail' } as const;
  const newest = async () => (await readOutbox(instance.store, { limit: 1 }))[0]?.code ?? '';
  await sendOneTimeCode(instance.system, asked);
  const code = await newest();
  expect(code).toMatch(/^\d{8}$/);
  await checkOneTimeCode(instance.system, { ...asked, code });
  await expect(checkOneTimeCode(instance.system, { ...asked, code })).rejects.toMatchObject({ id: 'COMMAND-S34gh' });
  await sendOneTimeCode(instance.system, asked);
  const later = { ...instance.system, now: () => Date.now() + 6 * 60_000 };
  await expect(checkOneTimeCode(later, { ...asked, code: await newest() })).rejects.toMatchObject({
    id: 'CODE-QvUQ4P',
  });
});
