import { describe, expect, it } from 'vitest';
import { createMemoryCounter, networkOf } from './rate-limit.ts';

describe('an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    [undefined, 'unknown'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

it('counts in windows that begin with the first hit', async () => {
  let now = 0;
  const counter = createMemoryCounter(() => now);
  const hits = [];
  for (const at of [0, 10, 99, 100, 150]) {
    now = at;
    hits.push({ ...(await counter.hit('a', 100)) });
  }
  expect(hits).toEqual([
    { count: 1, endsAt: 100 },
    { count: 2, endsAt: 100 },
    { count: 3, endsAt: 100 },
    { count: 1, endsAt: 200 },
    { count: 2, endsAt: 200 },
  ]);
});
