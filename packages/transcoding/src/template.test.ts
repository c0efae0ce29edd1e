import { describe, expect, it } from 'vitest';
import { Router } from './router.ts';
import { expandTemplate, parseTemplate } from './template.ts';

describe('a template', () => {
  it.each(['users', '/users/{id', '/users//x', '/users/{a}{b}', '/**/users'])('is refused: %s', (source) => {
    expect(() => parseTemplate(source)).toThrow(source);
  });

  it('is filled in with encoded texts', () => {
    const expand = (source: string, value: string) => expandTemplate(parseTemplate(source), () => value);
    expect(expand('/users/{user_id}/otp', 'ä ?#%')).toBe('/users/%C3%A4%20%3F%23%25/otp');
    expect(expand('/roles/{key=**}', 'a/b c')).toBe('/roles/a/b%20c');
    expect(expand('/users/{id}:lock', 'x')).toBe('/users/x:lock');
  });

  it.each(['', '.', '..', 'a/b'])('is not filled in with %j, which would lead elsewhere', (value) => {
    expect(() => expandTemplate(parseTemplate('/users/{user_id}/otp'), () => value)).toThrow('user_id');
  });
});

describe('a router', () => {
  const router = new Router<string>();
  for (const source of [
    '/users/me',
    '/users/{id}',
    '/users/{id}/factors',
    '/users/{id}:lock',
    '/files/{path=**}',
    '/users/all',
  ]) {
    router.add('GET', parseTemplate(source), source);
  }

  it.each([
    ['/users/x', '/users/{id}', [['id', 'x']]],
    ['/users/', '/users/{id}', [['id', '']]],
    ['/users/x/factors', '/users/{id}/factors', [['id', 'x']]],
    ['/users/x:lock', '/users/{id}:lock', [['id', 'x']]],
    ['/files/a/b', '/files/{path=**}', [['path', 'a/b']]],
    ['/files', '/files/{path=**}', [['path', '']]],
  ])('takes %s to %s', (path, value, parameters) => expect(router.match('GET', path)).toEqual({ value, parameters }));

  it('prefers what was added last, not what is more exact', () => {
    expect(router.match('GET', '/users/me')?.value).toBe('/users/{id}');
    expect(router.match('GET', '/users/all')?.value).toBe('/users/all');
  });

  it('knows nothing else', () => {
    for (const path of ['/user', '/users', '/users/x/factors/', '/users/x/y', 'users/x'])
      expect(router.match('GET', path)).toBeUndefined();
    expect(router.match('POST', '/users/x')).toBeUndefined();
    expect(router.methodsOf('/users/x')).toEqual(['GET']);
  });
});
