import { ProblemCode } from '@latchkey/contract/problem';
import { i18n } from '@lingui/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ApiError } from '../api/api-error.ts';
import { explainAllowance } from './explain-allowance.ts';
import { explainFailure } from './explain-failure.ts';

beforeAll(() => i18n.loadAndActivate({ locale: 'en', messages: {} }));

const problem = (code: ProblemCode) =>
  new ApiError({
    kind: 'problem',
    problem: { type: 'urn:x', title: 'Errors.NotFound', status: 400, code, requestId: 'r-1' },
  });

describe('explainFailure', () => {
  it.each(ProblemCode.options)('has words of its own for %s and quotes the request id', (code) => {
    const words = explainFailure(problem(code), 'change');
    expect(words.happened).toMatch(/\.$/);
    expect(words.todo).toMatch(/\.$/);
    expect(words.requestId).toBe('r-1');
    expect(JSON.stringify(words)).not.toMatch(/Errors\.|_/);
  });

  it('does not claim that nothing was changed when nobody can know', () => {
    for (const error of [problem('outcome_unknown'), new ApiError({ kind: 'timeout' }), new TypeError('failed')]) {
      expect(explainFailure(error, 'change').notDone).toBe(
        'It may have been done or not. Reload to see how it stands.',
      );
    }
    expect(explainFailure(problem('not_permitted'), 'change').notDone).toBe('Nothing was changed.');
  });

  it('says nothing of changes when something was only read', () => {
    expect(explainFailure(problem('internal'), 'read').notDone).toBeNull();
  });

  it('never shows the title or message that came with an error', () => {
    expect(JSON.stringify(explainFailure(new Error('secret in here'), 'read'))).not.toContain('secret');
  });
});

describe('explainAllowance', () => {
  it('names the missing permission and a role that has it', () => {
    const words = explainAllowance({
      allowed: false,
      because: 'permission',
      permission: 'user.write',
      role: 'IAM_OWNER',
    });
    expect(words).toBe(
      'Your role can see this but not change it. It needs the permission user.write, which the role IAM_OWNER has.',
    );
  });

  it('says nothing about what is allowed', () => {
    expect(explainAllowance({ allowed: true })).toBeNull();
  });

  it.each(['self', 'rank'] as const)('gives a reason when refused for %s', (because) => {
    expect(explainAllowance({ allowed: false, because })).toMatch(/account|role/);
  });
});
