import { expect, it } from 'vitest';
import { describeError } from './describe-error.ts';

const described = (error: unknown) => JSON.stringify(describeError(error));

it('repeats nothing of a text that is not JSON, whoever met it', () => {
  const parse = () => JSON.parse('canary of a token');
  const fault = thrownBy(parse);
  expect(String(fault)).toContain('canary');
  expect(described(fault)).not.toContain('canary');
  expect(described(new Error('no answer', { cause: fault }))).not.toContain('canary');
  expect(described(fault)).toContain('SyntaxError');
});

it('repeats nothing of what the OAuth client keeps in the cause', () => {
  const cause = Object.assign(new Error('canary'), { claims: 'canary' });
  const fault = Object.assign(new Error('invalid response', { cause }), { code: 'OAUTH_INVALID_RESPONSE' });
  expect(described(fault)).not.toContain('canary');
});

it('cuts what others wrote, and takes line breaks out', () => {
  const fault = Object.assign(new Error('x'), { error_description: `a\nb\u001b[31m\u202e${'c'.repeat(400)}` });
  expect(describeError(fault).errorDescription).toMatch(/^a b \[31m c{290,}$/);
  expect(described('secret')).toBe('{"name":"string"}');
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
