import { expect, it } from 'vitest';
import { pollPause } from './poll-pause.ts';

const at = '2026-01-01T00:00:00.000Z';
const now = Date.parse(at);

it('asks often while a case runs, less often when it drags, and never again when it is over', () => {
  const since = (state: 'running' | 'cancelled' | 'done', later = 0) =>
    pollPause({ state, changedAt: at, notice: null }, now + later);
  expect(since('running')).toBe(1_000);
  expect(since('running', 30_000)).toBe(2_000);
  expect([since('done'), since('cancelled')]).toEqual([false, false]);
});

it('goes on asking about a mail that is tried again', () => {
  const notice = {
    state: 'waiting',
    address: null,
    attempts: 1,
    sentAt: null,
    nextAttemptAt: null,
    notMe: true,
  } as const;
  expect(pollPause({ state: 'done', changedAt: at, notice }, now)).toBeGreaterThan(0);
});
