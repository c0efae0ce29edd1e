import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { surviveKills } from './survive-kills.ts';

test('a server killed three times in the midst of removals has lost none that it acknowledged', async () => {
  const entry = fileURLToPath(new URL('../../main.ts', import.meta.url));
  const { acknowledged, lost, different } = await surviveKills({ entry, kills: 3, users: 1_500 });
  expect(acknowledged).toBeGreaterThan(3);
  expect(lost).toEqual([]);
  expect(different).toEqual([]);
}, 240_000);
