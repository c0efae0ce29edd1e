import { describe, expect, it } from 'vitest';
import { paths, safeReturnTo } from './paths.ts';

const origin = 'https://latchkey.example';

describe('safeReturnTo', () => {
  it('keeps a place of this console whole', () => {
    expect(safeReturnTo('/users/1?tab=a#factors', origin)).toBe('/users/1?tab=a#factors');
  });

  it.each([
    ['another origin', 'https://evil.example/users'],
    ['a host without a scheme', '//evil.example/users'],
    ['a host behind a backslash', '/\\evil.example/users'],
    ['a script', 'javascript:alert(1)'],
    ['no text', { returnTo: '/users' }],
    ['nothing', undefined],
    ['a port that is none', '//a:b'],
    ['the callback itself', '/callback?code=a&state=b'],
    ['the page after signing out', '/signed-out'],
  ])('goes home instead of to %s', (_name, candidate) => {
    expect(safeReturnTo(candidate, origin)).toBe('/');
  });
});

describe('paths.user', () => {
  it('keeps an id in its segment', () => {
    expect(paths.user('a/b')).toBe('/users/a%2Fb');
  });
});
