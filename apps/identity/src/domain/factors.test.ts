import { expect, it } from 'vitest';
import { factorMissing } from './factors.ts';
import { multiFactorMissing, multiFactorPresent, secondFactorMissing, secondFactorPresent } from './login-policy.ts';

it.each([
  ['totp', 'COMMAND-Hd9sd'],
  ['otpEmail', 'COMMAND-b312D'],
  ['otpSms', 'COMMAND-Sr3h3'],
  ['u2f', 'COMMAND-DAfb2'],
  ['passkey', 'COMMAND-DAfb2'],
] as const)('a %s that is not there is %s', (kind, id) => {
  expect(factorMissing(kind)).toMatchObject({ id, kind: 'not-found' });
});

it('names a policy factor by where it is missing', () => {
  expect(secondFactorMissing('instance')).toMatchObject({ id: 'INSTANCE-3M9od', kind: 'not-found' });
  expect(secondFactorMissing('organisation')).toMatchObject({ id: 'Org-3M9od', kind: 'not-found' });
  expect(secondFactorPresent('instance')).toMatchObject({ id: 'INSTANCE-2B0ps', kind: 'already-exists' });
  // Zitadel gives one id to two errors of different kinds.
  expect(multiFactorPresent('instance')).toMatchObject({ id: 'INSTANCE-3M9od', kind: 'already-exists' });
  expect(multiFactorMissing('instance')).toMatchObject({ id: 'INSTANCE-3M9df', kind: 'not-found' });
});
