import { expect, test } from 'vitest';
import { encodeCbor } from './encode-cbor.ts';

/** Examples of RFC 8949, appendix A. */
const examples: readonly (readonly [unknown, string])[] = [
  [0, '00'],
  [23, '17'],
  [24, '1818'],
  [1000, '1903e8'],
  [-1, '20'],
  [-100, '3863'],
  ['', '60'],
  ['IETF', '6449455446'],
  [Buffer.from('01020304', 'hex'), '4401020304'],
  [new Map(), 'a0'],
  [
    new Map([
      [1, 2],
      [3, 4],
    ]),
    'a201020304',
  ],
];

test.each(examples)('%j', (value, expected) => {
  expect(encodeCbor(value).toString('hex')).toBe(expected);
});

test('what WebAuthn does not need is refused', () => {
  for (const value of [1.5, null, {}, [], 'x'.repeat(65_536)]) expect(() => encodeCbor(value)).toThrow(TypeError);
});
