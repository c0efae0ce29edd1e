import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { surviveKills } from './survive-kills.ts';

test('a server killed three times in the midst of changes has lost none that it acknowledged', async () => {
  const entry = fileURLToPath(new URL('../../main.ts', import.meta.url));
  const { acknowledged, lost, changes, lostChanges, different } = await surviveKills({ entry, kills: 3, users: 1_500 });
  expect(acknowledged).toBeGreaterThan(3);
  expect(lost).toEqual([]);
  for (const count of Object.values(changes)) expect(count).toBeGreaterThanOrEqual(3);
  expect(lostChanges).toEqual([]);
  expect(different).toEqual([]);
}, 240_000);
