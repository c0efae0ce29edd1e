import { expect, it } from 'vitest';
import { decodeJsonBody } from './json-body.ts';

it.each([
  ['', undefined],
  [' \n', undefined],
  ['{}', {}],
  [' {"a":"}\\""} trailing', { a: '}"' }],
  ['{"a":[{"b":"]"}]}{"a":1}', { a: [{ b: ']' }] }],
  ['[1] x', [1]],
  ['null', null],
])('%j begins with %j', (text, value) => expect(decodeJsonBody(text)).toEqual(value));

it.each(['{', '{"a', '{"a":"\\"}', '[[]', '{]}', '{"a":}', 'x', '"x', '}'])('%s is no JSON', (text) => {
  expect(() => decodeJsonBody(text)).toThrow('invalid_argument');
});

it('takes a text of megabytes, and refuses one that does not end', () => {
  const long = 'x\\n'.repeat(1 << 20);
  expect(decodeJsonBody(`{"a":"${long}"} trailing`)).toEqual({ a: 'x\n'.repeat(1 << 20) });
  expect(() => decodeJsonBody(`{"a":"${long}`)).toThrow('unexpected EOF');
});
