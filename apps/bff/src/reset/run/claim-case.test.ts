import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openResetWorld, type ResetWorld, stepLines } from '../../testing/reset-world.ts';
import type { ServedRoutes } from '../../testing/serve-routes.ts';
import { freeCases } from '../case/free-cases.ts';
import { leaseLength } from '../case/hold-case.ts';
import { createRuns, type Runs } from './runs.ts';

let reset: ResetWorld;
let otherRuns: Runs;
/** The same routes as another process has them. */
let other: ServedRoutes;
beforeAll(async () => {
  reset = await openResetWorld();
  otherRuns = createRuns();
  other = await reset.serve({ runs: otherRuns });
}, 60_000);
afterAll(async () => {
  await other?.close();
  await reset?.stop();
});
beforeEach(() => reset.proxy.calm());

const start = async () =>
  await reset.start(await reset.world.makePerson(reset.home), { remove: [{ kind: 'otpSms' }], reenrolment: 'none' });
const runPath = (userId: string, resetId: string) => `/bff/api/users/${userId}/resets/${resetId}/run`;
const removals = () => reset.proxy.seen.filter((line) => line.startsWith('DELETE '));
const untilRemoving = () => expect.poll(() => removals().length, { timeout: 10_000 }).toBe(1);

describe('processes', () => {
  it('that try to run a case at once: one does', async () => {
    const { user, resetId } = await start();
    const path = runPath(user.userId, resetId);
    const answers = await Promise.all(
      [reset.bff, other, reset.bff, other].map((routes) => routes.call(reset.agent, 'POST', path, {})),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expect(answer.problem().code).toBe('case_changed');
    }
    expect((await reset.settled(resetId)).state).toBe('done');
    expect(removals()).toHaveLength(1);
  });

  it('leave a case alone while another says that it runs it, and take it when that has been silent for too long', async () => {
    const planned = await start();
    const { resetId } = planned;
    const silent = { state: 'running', runner: 'dead', runner_until: reset.parts.clock() + leaseLength } as const;
    await reset.kept.store.updateTable('resets').set(silent).where('reset_id', '=', resetId).execute();
    expect(await reset.read(resetId)).toMatchObject({ state: 'running', actions: { run: false, cancel: false } });
    expect((await reset.act(planned, 'run')).problem().code).toBe('case_changed');
    expect((await reset.act(planned, 'cancel')).problem().code).toBe('case_changed');
    reset.advance(leaseLength);
    expect(await reset.read(resetId)).toMatchObject({ state: 'interrupted', actions: { run: true, cancel: true } });
    expect((await reset.run(planned)).state).toBe('done');
  });

  it('that died with the only database there is leave a case free for the next at once', async () => {
    const planned = await start();
    const { resetId } = planned;
    const silent = { state: 'running', runner: 'dead', runner_until: reset.parts.clock() + leaseLength } as const;
    await reset.kept.store.updateTable('resets').set(silent).where('reset_id', '=', resetId).execute();
    await freeCases(reset.kept.store);
    expect(await reset.read(resetId)).toMatchObject({ state: 'interrupted', actions: { run: true } });
    expect((await reset.run(planned)).state).toBe('done');
  });

  it('that were thought dead and are not try nothing more, and change nothing of what came after', async () => {
    const planned = await start();
    const { user, resetId } = planned;
    let ended = Promise.resolve();
    const runs = {
      ...createRuns(),
      start: (work: () => Promise<void>) => {
        ended = work();
      },
    };
    const slow = await reset.serve({ runs });
    reset.proxy.fail(/^DELETE /, { kind: 'hang' });
    await slow.call(reset.agent, 'POST', runPath(user.userId, resetId), {});
    await untilRemoving();
    reset.advance(leaseLength);
    expect((await reset.read(resetId)).state).toBe('interrupted');
    expect((await other.call(reset.agent, 'POST', runPath(user.userId, resetId), {})).status).toBe(200);
    const done = await reset.settled(resetId);
    expect(done.state).toBe('done');
    // The first process hears of nothing for a while, and then finds that the case is not its own.
    await ended;
    expect(await reset.read(resetId)).toEqual({ ...done, tokensLiveUntil: expect.any(String) });
    expect(removals()).toHaveLength(2);
    expect(reset.proxy.seen.filter((line) => line.endsWith('/unlock'))).toHaveLength(1);
    await slow.close();
  });

  it('that stop let the present step end, and leave the rest to the next one at once', async () => {
    const planned = await start();
    const { user, resetId } = planned;
    reset.proxy.fail(/^DELETE /, { kind: 'hangAfter' });
    await other.call(reset.agent, 'POST', runPath(user.userId, resetId), {});
    await untilRemoving();
    await otherRuns.stop();
    const left = await reset.read(resetId);
    expect(left.state).toBe('interrupted');
    expect(stepLines(left)).toEqual([
      'lockUser: done',
      'endLaterSessions: unneeded',
      'remove otpSms: done',
      'tellUser: planned',
      'unlockUser: planned',
    ]);
    expect((await reset.run(planned)).state).toBe('done');
    expect(removals()).toHaveLength(1);
  });
});
