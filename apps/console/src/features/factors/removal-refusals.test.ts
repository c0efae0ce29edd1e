import type { Factor } from '@latchkey/contract/factor';
import { i18n } from '@lingui/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { explainAllowance } from '../../i18n/explain-allowance.ts';
import { removalRefusals } from './removal-refusals.ts';

beforeAll(() => i18n.loadAndActivate({ locale: 'en', messages: {} }));

const totp: Factor = { kind: 'totp', state: 'ready' };
const codes: Factor = { kind: 'recoveryCodes', state: 'ready' };
const refused = { allowed: false, because: 'permission', permission: 'user.write', role: 'IAM_USER_MANAGER' } as const;

describe('removalRefusals', () => {
  it('names what it concerns', () => {
    const actions = { removeFactor: { allowed: true }, removeRecoveryCodes: refused } as const;
    expect(removalRefusals(actions, [totp, codes], null)).toEqual([
      {
        id: 'factors-refusal-0',
        words: expect.stringMatching(/^Recovery codes: .*user\.write/),
        keys: ['recoveryCodes'],
      },
    ]);
  });

  it('points to what the page says already, without saying it again', () => {
    const actions = { removeFactor: refused, removeRecoveryCodes: refused };
    const stated = { id: 'user-refusal', words: explainAllowance(refused) ?? '' };
    expect(removalRefusals(actions, [totp, codes], stated)).toEqual([
      { id: 'user-refusal', words: null, keys: ['totp', 'recoveryCodes'] },
    ]);
  });

  it('is silent when all is allowed', () => {
    const actions = { removeFactor: { allowed: true }, removeRecoveryCodes: { allowed: true } } as const;
    expect(removalRefusals(actions, [totp, codes], null)).toEqual([]);
  });
});
