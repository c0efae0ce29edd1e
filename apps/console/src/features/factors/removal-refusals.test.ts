import type { Factor } from '@latchkey/contract/factor';
import { i18n } from '@lingui/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { removalRefusals } from './removal-refusals.ts';

beforeAll(() => i18n.loadAndActivate({ locale: 'en', messages: {} }));

const totp: Factor = { kind: 'totp', state: 'ready' };
const codes: Factor = { kind: 'recoveryCodes', state: 'ready' };
const refused = { allowed: false, because: 'permission', permission: 'user.write', role: 'IAM_USER_MANAGER' } as const;

describe('removalRefusals', () => {
  it('names what it concerns when that is not all', () => {
    const actions = { removeFactor: { allowed: true }, removeRecoveryCodes: refused } as const;
    expect(removalRefusals(actions, [totp, codes])).toMatchObject([
      { concerned: 'Recovery codes', keys: ['recoveryCodes'] },
    ]);
  });

  it('says one reason once for all', () => {
    const actions = { removeFactor: refused, removeRecoveryCodes: refused };
    expect(removalRefusals(actions, [totp, codes])).toMatchObject([
      { concerned: null, keys: ['totp', 'recoveryCodes'] },
    ]);
  });

  it('is silent when all is allowed', () => {
    const actions = { removeFactor: { allowed: true }, removeRecoveryCodes: { allowed: true } } as const;
    expect(removalRefusals(actions, [totp, codes])).toEqual([]);
  });
});
