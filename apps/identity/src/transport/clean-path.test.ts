import { expect, it } from 'vitest';
import { cleanLocation } from './clean-path.ts';

it.each([
  ['/v2/users//otp_email', '/v2/users/otp_email'],
  ['/v2/users/./x', '/v2/users/x'],
  ['/v2/users/x/..', '/v2/users'],
  ['/../x', '/x'],
  ['/a//', '/a/'],
  ['//', '/'],
  ['/a//b?q=//c', '/a/b?q=//c'],
  ['/a/%2e%2e/b%20c%3F', '/b%20c%3F'],
  ['/users/..%2Fme', '/me'],
  ["/a//b'(c)!*~;,:@&=+$", "/a/b'(c)!*~;,:@&=+$"],
])('%s is sent on to %s', (url, location) => expect(cleanLocation(url)).toBe(location));

it.each(['/', '/v2/users/x/otp_email/', '/a%2Fb', '/a?b=//', '/a/..b', '/%ZZ//'])('%s stays', (url) =>
  expect(cleanLocation(url)).toBeUndefined(),
);
