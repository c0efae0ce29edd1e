import { ScalarType } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { parseScalar } from './scalar-text.ts';

describe('a whole number in a path', () => {
  it.each([
    ['1', 1],
    ['+1', 1],
    ['-1', -1],
    ['0x1F', 31],
    ['01', 1],
    ['0o17', 15],
    ['0b101', 5],
    ['1_000', 1000],
  ])('%s is %i', (text, value) => expect(parseScalar(ScalarType.INT32, text, 0)).toBe(value));

  it.each(['', '08', '1.0', ' 1', '1e3', '__1', 'x'])('%j is none', (text) => {
    expect(() => parseScalar(ScalarType.INT32, text, 0)).toThrow(
      `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  });

  it('has a range', () => {
    expect(() => parseScalar(ScalarType.INT32, '2147483648', 0)).toThrow('value out of range');
    expect(() => parseScalar(ScalarType.UINT32, '-1', 0)).toThrow('strconv.ParseUint: parsing "-1": invalid syntax');
    expect(parseScalar(ScalarType.UINT64, '18446744073709551615', 0)).toBe(18446744073709551615n);
  });
});

it('is decimal only in a query', () => {
  expect(parseScalar(ScalarType.INT64, '010', 10)).toBe(10n);
  expect(() => parseScalar(ScalarType.INT64, '0x1', 10)).toThrow('invalid syntax');
});

it.each([
  ['t', true],
  ['TRUE', true],
  ['0', false],
])('the bool %s is %s', (text, value) => expect(parseScalar(ScalarType.BOOL, text, 10)).toBe(value));

it('knows no other bool', () => {
  expect(() => parseScalar(ScalarType.BOOL, 'yes', 10)).toThrow('strconv.ParseBool: parsing "yes": invalid syntax');
});
