import { expect, it } from 'vitest';
import { checkPasswordComplexity } from './password.ts';

it.each([
  ['Aa1!', 'DOMAIN-HuJf6'],
  ['AAAAAA1!', 'DOMAIN-co3Xw'],
  ['aaaaaa1!', 'DOMAIN-VoaRj'],
  ['aaaaaaA!', 'DOMAIN-ZBv4H'],
  ['aaaaaaA1', 'DOMAIN-ZDLwA'],
])('refuses %s: %s', (password, id) => {
  expect(() => checkPasswordComplexity(password)).toThrow(expect.objectContaining({ id, kind: 'invalid-argument' }));
});

it('takes what has everything, and counts bytes', () => {
  checkPasswordComplexity('Correct-Horse-7');
  checkPasswordComplexity('Aa1éüö');
});
