import type { Factor } from '@latchkey/contract/factor';
import { describe, expect, it } from 'vitest';
import { emptyForm, findFaults, type ResetForm, toResetBody } from './form-state.ts';

const allowed = { allowed: true } as const;
const refused = { allowed: false, because: 'permission' } as const;
const steps = {
  removeFactor: allowed,
  removeRecoveryCodes: allowed,
  endSession: allowed,
  lock: allowed,
  passwordReset: allowed,
  passkeyLink: allowed,
};
const factors: Factor[] = [
  { kind: 'totp', state: 'ready' },
  { kind: 'u2f', state: 'notReady', id: '7', name: 'Blue key' },
];
const options = { factors, ticketPattern: null };
const code = {
  callerCodeId: 'c1',
  channel: 'otpEmail',
  to: 'a•••@b.example',
  state: 'sent',
  attemptsLeft: 3,
  expiresAt: '2026-01-01T00:00:00Z',
} as const;
const filled: ResetForm = { ...emptyForm({ steps }), how: 'callBack', reason: ' lost phone ' };

describe('the form before anybody touched it', () => {
  it('wants the caller and the reason, and nothing else', () => {
    expect(findFaults(emptyForm({ steps }), options)).toEqual(['caller', 'reason']);
    expect(findFaults(filled, options)).toEqual([]);
  });

  it('lets everything go: half-enrolled factors, all sessions, under a lock', () => {
    expect(toResetBody(filled, options)).toEqual({
      caller: { how: 'callBack' },
      reason: 'lost phone',
      choice: {
        remove: [{ kind: 'totp' }, { kind: 'u2f', id: '7' }],
        sessions: 'all',
        lock: true,
        keepLocked: false,
        reenrolment: 'none',
      },
    });
  });

  it('does not lock where that is not allowed', () => {
    expect(emptyForm({ steps: { ...steps, lock: refused } }).lock).toBe(false);
  });
});

describe('a form', () => {
  it('keeps what the caller still holds', () => {
    const body = toResetBody({ ...filled, kept: [{ kind: 'u2f', id: '7' }] }, options);
    expect(body?.choice.remove).toEqual([{ kind: 'totp' }]);
  });

  it('is not sent with a code that nobody has checked', () => {
    const unchecked: ResetForm = { ...filled, how: 'code', callerCode: code };
    expect(findFaults(unchecked, options)).toEqual(['callerCode']);
    expect(toResetBody(unchecked, options)).toBeNull();
    const checked: ResetForm = { ...unchecked, callerCode: { ...code, state: 'verified' } };
    expect(toResetBody(checked, options)?.caller).toEqual({ how: 'code', callerCodeId: 'c1' });
  });

  it.each([
    ['', ['ticket']],
    ['HELP-1x', ['ticket']],
    [' HELP-1 ', []],
  ])('with the ticket %j where the operator has a pattern has the faults %j', (ticket, faults) => {
    expect(findFaults({ ...filled, ticket }, { factors, ticketPattern: '[A-Z]+-[0-9]+' })).toEqual(faults);
  });

  it('that does nothing is none', () => {
    const idle: ResetForm = { ...filled, sessions: [], lock: false };
    expect(findFaults(idle, { ...options, factors: [] })).toEqual(['nothing']);
    expect(findFaults({ ...idle, reenrolment: 'passwordReset' }, { ...options, factors: [] })).toEqual([]);
  });
});
