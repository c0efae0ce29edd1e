import { apiPaths } from '@latchkey/contract/paths';
import type { Reset, ResetChoice } from '@latchkey/contract/reset';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openResetWorld, type ResetWorld, stepLines } from '../testing/reset-world.ts';
import { type ServedRoutes, serveRoutes } from '../testing/serve-routes.ts';
import { userRoutes } from '../users/user-routes.ts';

let reset: ResetWorld;
let users: ServedRoutes;
beforeAll(async () => {
  reset = await openResetWorld();
  users = await serveRoutes(userRoutes(reset.parts));
}, 60_000);
afterAll(async () => {
  await users?.close();
  await reset?.stop();
});

const nothingMore: Partial<ResetChoice> = { remove: [], reenrolment: 'none' };
/** As a press on the mail of a case leaves it, before the lock. @returns when, as RFC 3339. */
async function dispute({ resetId }: Reset): Promise<string> {
  const now = reset.parts.clock();
  const pressed = { disputed_at: now, dispute_state: 'locked', dispute_next_at: now };
  await reset.kept.store.updateTable('notices').set(pressed).where('reset_id', '=', resetId).execute();
  return new Date(now).toISOString();
}
const isLocked = async (userId: string) => (await reset.stateOf(userId)) === 'USER_STATE_LOCKED';
const unlock = (userId: string, more: object = {}) =>
  users.call(reset.agent, 'POST', apiPaths.userUnlock(userId), { reason: 'spoke to them', ...more });

it('an account whose person said it was not them is not unlocked by another case', async () => {
  const userId = await reset.world.makePerson(reset.home);
  const first = await reset.run(await reset.start(userId, nothingMore));
  const second = await reset.start(userId, nothingMore);
  const at = await dispute(first);
  const done = await reset.run(second);
  expect(stepLines(done)).toContain('unlockUser: skipped, disputed');
  expect(await isLocked(userId)).toBe(true);
  expect((await reset.options(userId)).dispute).toEqual({ resetId: first.resetId, at, locked: true });
  const refused = await reset.tryStart(userId, nothingMore);
  expect(refused.problem()).toMatchObject({ code: 'invalid_input', fields: [{ path: 'choice.keepLocked' }] });
  await reset.run(await reset.start(userId, { ...nothingMore, keepLocked: true }));
  expect(await isLocked(userId)).toBe(true);
});

it('it is unlocked on purpose, by who has seen that, and then all is as it was', async () => {
  const userId = await reset.world.makePerson(reset.home);
  const first = await reset.run(await reset.start(userId, { ...nothingMore, keepLocked: true }));
  const disputedAt = await dispute(first);
  const shown = await users.call(reset.agent, 'GET', apiPaths.user(userId));
  expect(shown.body).toMatchObject({ dispute: { at: disputedAt } });
  expect((await unlock(userId)).problem().code).toBe('conflict');
  expect((await unlock(userId, { disputedAt: '2020-01-01T00:00:00.000Z' })).problem().code).toBe('conflict');
  expect(await isLocked(userId)).toBe(true);
  expect((await unlock(userId, { disputedAt })).body).toMatchObject({ outcome: 'unlocked' });
  expect((await reset.options(userId)).dispute).toBeNull();
  expect((await reset.run(await reset.start(userId, nothingMore))).state).toBe('done');
  expect(await isLocked(userId)).toBe(false);
});
