import type { Approval } from '@latchkey/contract/approval';
import { expect, it } from 'vitest';
import { findPolicyApproval } from './policy-approvals.ts';

const approval: Approval = {
  approvalId: 'a1',
  subject: { kind: 'policy', act: 'removeSecondFactor', type: 'otpSms', locksEverybodyOut: false },
  planHash: 'x',
  state: 'approved',
  requestedBy: { userId: 'me', name: 'Me' },
  reason: 'no more SMS',
  ticket: null,
  requestedAt: '',
  expiresAt: '',
  decidedBy: null,
  decidedAt: null,
  decisionReason: null,
  decide: { allowed: false, because: 'own' },
};

it('finds what the viewer asked for this very change, and can still use', () => {
  expect(findPolicyApproval([approval], 'me', 'remove', 'otpSms')).toBe(approval);
  expect(findPolicyApproval([approval], 'me', 'add', 'otpSms')).toBeNull();
  expect(findPolicyApproval([approval], 'me', 'remove', 'totp')).toBeNull();
  expect(findPolicyApproval([approval], 'somebody', 'remove', 'otpSms')).toBeNull();
  expect(findPolicyApproval([{ ...approval, state: 'used' }], 'me', 'remove', 'otpSms')).toBeNull();
});
