import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openResetWorld, type ResetWorld, stepLines } from '../../testing/reset-world.ts';

let reset: ResetWorld;
beforeAll(async () => {
  reset = await openResetWorld();
}, 60_000);
afterAll(() => reset?.stop());
beforeEach(() => reset.proxy.calm());

describe('a case', () => {
  it('runs from its start to its end in the safe order', async () => {
    const userId = await reset.world.makePerson(reset.home);
    await reset.beginSession(userId);
    const planned = await reset.start(userId);
    expect(planned).toMatchObject({
      state: 'planned',
      stepsDone: 0,
      actions: { run: true, cancel: true, skip: false },
    });
    const done = await reset.run(planned);
    expect(stepLines(done)).toEqual([
      'lockUser: done',
      // ZITADEL ends what a person had begun by the lock.
      'endSession: unneeded',
      'endLaterSessions: unneeded',
      'remove otpSms: done',
      'remove otpEmail: done',
      'sendPasswordReset: done',
      'tellUser: done',
      'unlockUser: done',
    ]);
    expect(done.state).toBe('done');
    expect(await reset.sessionsOf(userId)).toEqual([]);
    expect(await reset.stateOf(userId)).toBe('USER_STATE_ACTIVE');
  });
});
