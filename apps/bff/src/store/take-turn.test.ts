import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import { createTurn, longestTurn } from './take-turn.ts';

let kept: TestAudit;
let now = 1_000_000;
beforeAll(async () => {
  kept = await openTestAudit();
});
afterAll(() => kept?.close());

const turn = (name = 'a') => createTurn(kept.store, () => now, name);

it('is for one at a time, and for the next one when it ended', async () => {
  const [first, second] = [turn(), turn()];
  expect(await first.take()).toBe(true);
  expect(await second.take()).toBe(false);
  // Who never had it ends nothing.
  await second.end();
  expect(await second.take()).toBe(false);
  expect(await turn('another').take()).toBe(true);
  await first.end();
  expect(await second.take()).toBe(true);
  await second.end();
});

it('runs out, and whoever comes too late to end it does not end the next one', async () => {
  const [late, next] = [turn(), turn()];
  expect(await late.take()).toBe(true);
  now += longestTurn;
  expect(await next.take()).toBe(true);
  await late.end();
  expect(await turn().take()).toBe(false);
  await next.end();
  expect(await turn().take()).toBe(true);
});
