import type { ResetDeed, ResetStep, ResetStepState } from '@latchkey/contract/reset';
import { expect, it } from 'vitest';
import { mayUnlock } from './may-unlock.ts';

const step = (deed: ResetDeed, state: ResetStepState): ResetStep => ({
  number: 1,
  deed,
  state,
  triedAt: null,
  answeredAt: null,
  skipped: null,
  problem: null,
  permission: null,
  role: null,
  actId: null,
  count: null,
});
const unlock = step({ step: 'unlockUser' }, 'planned');
const removal = { step: 'removeFactor', factor: { kind: 'totp' } } as const;
const guarding: ResetDeed[] = [
  { step: 'lockUser' },
  { step: 'endSession', sessionId: 's', device: null },
  { step: 'endLaterSessions' },
  removal,
];

it.each(['done', 'unneeded', 'skipped'] as const)('an account is unlocked when what guards it is %s', (state) => {
  expect(mayUnlock([...guarding.map((deed) => step(deed, state)), unlock])).toBe(true);
});

it.each(['planned', 'tried', 'refused', 'notDone', 'unknown'] as const)(
  'and not while any of it is %s, whatever became of the mails',
  (state) => {
    for (const deed of guarding) expect(mayUnlock([step(deed, state), unlock]), deed.step).toBe(false);
    expect(mayUnlock([step({ step: 'tellUser' }, state), unlock])).toBe(true);
  },
);

it('what comes after the unlock does not hold it back', () => {
  expect(mayUnlock([unlock, step(removal, 'planned')])).toBe(true);
});
