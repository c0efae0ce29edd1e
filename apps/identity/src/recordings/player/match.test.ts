import type { JsonValue } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { match } from './match.ts';

const values = new Map<string, JsonValue>([
  ['user', '42'],
  ['n', 'abc'],
]);
const compare = (expected: JsonValue, got: JsonValue, ordered = false) => match(expected, got, { values, ordered });

describe('a recorded string', () => {
  it.each([
    ['<id>', '123456789012345678'],
    ['<id>', 'V1_123'],
    ['<time>', '2026-07-10T08:00:00.123456Z'],
    ['<n>', '17'],
    ['<text>', 'any\ntext'],
    ['user-{n}', 'user-abc'],
    ['{user}', '42'],
    ['/users/{user}?x=(1+1)', '/users/42?x=(1+1)'],
  ])('%s matches %s', (expected, got) => expect(compare(expected, got)).toEqual([]));

  it.each([
    ['<id>', ''],
    ['<id>', 'a b'],
    ['<time>', '2026-07-10T08:00:00+02:00'],
    ['<n>', '1.5'],
    ['user-{n}', 'user-abd'],
    ['a.c', 'abc'],
    ['{unknown}', '42'],
    ['1', 1],
  ] as const)('%s does not match %s', (expected, got) => expect(compare(expected, got)).toHaveLength(1));
});

describe('an object', () => {
  it('must have every field, and no other', () => {
    expect(compare({ a: 1, b: { c: '<n>' } }, { a: 1, b: { c: '2' } })).toEqual([]);
    expect(compare({ a: 1, b: { c: '<n>' } }, { b: { c: 'x' }, d: 1 })).toEqual([
      { path: 'a', expected: 1, got: undefined },
      { path: 'b.c', expected: '<n>', got: 'x' },
      { path: 'd', expected: undefined, got: 1 },
    ]);
  });
});

describe('a list', () => {
  it('matches in any order, also where one item fits several', () => {
    expect(compare(['<text>', 'a', '<n>'], ['1', '2', 'a'])).toEqual([]);
    expect(compare(['a', 'a'], ['a', 'b'])).toEqual([{ path: '*.0', expected: 'a', got: 'b' }]);
    expect(compare(['a'], ['a', 'b'])).toEqual([{ path: '*.0', expected: undefined, got: 'b' }]);
  });

  it('matches in its order when that is asked for', () => {
    expect(compare(['a', 'b'], ['b', 'a'], true)).toHaveLength(2);
  });
});
