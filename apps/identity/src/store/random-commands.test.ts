import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addOtpEmail, addOtpSms } from '../commands/factors/one-time-codes.ts';
import { addRecoveryCodes } from '../commands/factors/recovery-codes.ts';
import {
  removeOtpEmail,
  removeOtpSms,
  removeRecoveryCodes,
  removeTotp,
  removeWebAuthnToken,
} from '../commands/factors/remove-factor.ts';
import { startTotp, verifyTotp } from '../commands/factors/totp.ts';
import { addSecondFactor, removeSecondFactor } from '../commands/policies/login-policy-factors.ts';
import { createSession, terminateSession } from '../commands/sessions/sessions.ts';
import { addHumanUser } from '../commands/users/add-human-user.ts';
import { changeUserState } from '../commands/users/change-user-state.ts';
import { removePhone } from '../commands/users/contact-details.ts';
import { removeUser } from '../commands/users/remove-user.ts';
import { DomainError } from '../domain/errors.ts';
import { openTestInstance, type TestInstance, type TestPerson } from '../testing/test-instance.ts';
import { digestTables, rebuildTables } from './rebuild.ts';
import { UnknownEvent } from './reduce.ts';

type Act = (instance: TestInstance, person: TestPerson) => Promise<unknown>;

const FACTOR = ['totp', 'otpEmail', 'otpSms', 'u2f'] as const;
const CHANGE = ['lock', 'unlock', 'deactivate', 'reactivate'] as const;
const owner = { level: 'instance' } as const;

/** Everything that people and agents do, most of it refused now and then by the state in which it meets somebody. */
const ACTS: readonly Act[] = [
  ({ system }, { userId }) => addOtpEmail(system, { userId }),
  ({ system }, { userId }) => addOtpSms(system, { userId }),
  ({ system }, { userId }) => startTotp(system, { userId }),
  ({ system }, { userId }) => verifyTotp(system, { userId, code: '000000' }),
  ({ system }, { userId }) => addRecoveryCodes(system, { userId, count: 2 }),
  ({ system }, { userId }) => removeOtpEmail(system, { userId }),
  ({ system }, { userId }) => removeOtpSms(system, { userId }),
  ({ system }, { userId }) => removeTotp(system, { userId }),
  ({ system }, { userId }) => removeRecoveryCodes(system, { userId }),
  ({ system }, { userId, tokens }) => removeWebAuthnToken(system, { userId, tokenId: tokens.u2f, kind: 'u2f' }),
  ({ system }, { userId, tokens }) => removeWebAuthnToken(system, { userId, tokenId: tokens.passkey, kind: 'u2f' }),
  ({ system }, { userId }) => removePhone(system, { userId }),
  ({ system }, { userId }) => removeUser(system, { userId }),
  ...CHANGE.map(
    (change): Act =>
      ({ system }, { userId }) =>
        changeUserState(system, { userId, change }),
  ),
  ...FACTOR.flatMap((factor): Act[] => [
    ({ system }) => addSecondFactor(system, { owner, factor }),
    ({ system }) => removeSecondFactor(system, { owner, factor }),
  ]),
  ({ system }, { userId }) => createSession(system, { checks: { user: { userId } }, lifetime: 60 }),
  async ({ system }, { userId }) => {
    const { sessionId } = await createSession(system, { checks: { user: { userId } } });
    await terminateSession(system, { sessionId });
  },
  ({ system, organisationB }, { userId }) =>
    addHumanUser(system, {
      organisationId: organisationB,
      givenName: 'Born',
      familyName: userId,
      email: `after-${userId}@example.org`,
    }),
];

it('the tables are what the events say, whatever was done', async () => {
  const instance = await openTestInstance();
  const people: TestPerson[] = [];
  for (let made = 0; made < 8; made += 1) people.push(await instance.addPerson(['totp', 'otpEmail', 'u2f', 'passkey']));
  let done = 0;
  const steps = fc.array(fc.tuple(fc.nat(ACTS.length - 1), fc.nat(people.length - 1)), {
    minLength: 150,
    maxLength: 250,
  });
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      for (const [act, who] of sequence) {
        const person = people[who];
        if (!person) continue;
        try {
          await ACTS[act]?.(instance, person);
          done += 1;
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
        }
      }
      const before = await digestTables(instance.store.db);
      await instance.store.change((db) => rebuildTables(db));
      expect(await digestTables(instance.store.db)).toEqual(before);
    }),
    { numRuns: 5 },
  );
  expect(done).toBeGreaterThan(100);
  await instance.store.close();
});

it('an event of an unknown kind stops the rebuild, and everything stays as it was', async () => {
  const { store } = await openTestInstance();
  const before = await digestTables(store.db);
  const odd = { aggregate_type: 'user', aggregate_id: '1', sequence: 1, resource_owner: '1', editor: 'SYSTEM' };
  await store.db
    .insertInto('events')
    .values({ ...odd, type: 'user.human.cloned', payload: '{}', created_at: 0 })
    .execute();
  const rebuilt = store.change((db) => rebuildTables(db));
  await expect(rebuilt).rejects.toThrow(UnknownEvent);
  await expect(rebuilt).rejects.toThrow('user.human.cloned');
  expect(await digestTables(store.db)).toEqual(before);
  await store.close();
});
