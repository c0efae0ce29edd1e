import type { Factor } from '@latchkey/contract/factor';
import type { ResetChoice, ResetOptions } from '@latchkey/contract/reset';
import type { UserSession } from '@latchkey/contract/user-session';
import { describe, expect, it } from 'vitest';
import { hashPlan } from './hash-plan.ts';
import { findMissing, type PlanFacts, planSteps } from './plan-steps.ts';

const factors: Factor[] = [
  { kind: 'totp', state: 'notReady' },
  { kind: 'u2f', state: 'ready', id: 'k1', name: 'blue key' },
  { kind: 'otpSms', state: 'ready' },
  { kind: 'recoveryCodes', state: 'ready' },
];
const session = (sessionId: string): UserSession => ({
  sessionId,
  createdAt: null,
  changedAt: null,
  endsAt: null,
  device: null,
  address: null,
  checks: [],
});
const yes = { allowed: true } as const;
const allowed: ResetOptions['steps'] = {
  removeFactor: yes,
  removeRecoveryCodes: yes,
  endSession: yes,
  lock: yes,
  passwordReset: yes,
  passkeyLink: yes,
};
const all: ResetChoice = {
  remove: factors,
  sessions: 'all',
  lock: true,
  keepLocked: false,
  reenrolment: 'passwordReset',
};

function linesOf({ choice = {}, ...more }: Partial<Omit<PlanFacts, 'choice'>> & { choice?: Partial<ResetChoice> }) {
  const facts = { factors, sessions: [session('s1')], state: 'active', allowed, address: 'a@example.org', mail: true };
  const steps = planSteps({ ...facts, ...more, choice: { ...all, ...choice } } as PlanFacts);
  return steps.map(({ deed, skipped }) => {
    const what = deed.step === 'removeFactor' ? deed.factor.kind : deed.step;
    return skipped ? `(${what}: ${skipped.because})` : what;
  });
}

const removals = ['totp', 'u2f', 'otpSms'];
const sessions = ['endSession', 'endLaterSessions'];

describe('the order of steps', () => {
  it.each([
    [
      'everything: recovery codes before the lock, the unlock last',
      {},
      ['recoveryCodes', 'lockUser', ...sessions, ...removals, 'sendPasswordReset', 'tellUser', 'unlockUser'],
    ],
    [
      'kept locked: no unlock',
      { choice: { keepLocked: true } },
      ['recoveryCodes', 'lockUser', ...sessions, ...removals, 'sendPasswordReset', 'tellUser'],
    ],
    [
      'without a lock',
      { choice: { lock: false } },
      ['recoveryCodes', ...sessions, ...removals, 'sendPasswordReset', 'tellUser'],
    ],
    [
      'locked already: recovery codes after the unlock, of which the person is told before',
      { state: 'locked' },
      ['lockUser', ...sessions, ...removals, 'sendPasswordReset', 'tellUser', 'unlockUser', 'recoveryCodes'],
    ],
    [
      'locked already and kept locked: recovery codes cannot go',
      { state: 'locked', choice: { keepLocked: true } },
      ['(recoveryCodes: locked)', 'lockUser', ...sessions, ...removals, 'sendPasswordReset', 'tellUser'],
    ],
    [
      'locked already and left alone: recovery codes cannot go',
      { state: 'locked', choice: { lock: false } },
      ['(recoveryCodes: locked)', ...sessions, ...removals, 'sendPasswordReset', 'tellUser'],
    ],
    [
      'locked already, without recovery codes: as usual',
      { state: 'locked', choice: { remove: [{ kind: 'otpSms' }] } },
      ['lockUser', ...sessions, 'otpSms', 'sendPasswordReset', 'tellUser', 'unlockUser'],
    ],
    [
      'chosen sessions only: those that begin later stay',
      { choice: { sessions: ['s1'], remove: [], reenrolment: 'none' } },
      ['lockUser', 'endSession', 'tellUser', 'unlockUser'],
    ],
    [
      'a passkey link',
      { choice: { sessions: [], remove: [], reenrolment: 'passkeyLink' } },
      ['lockUser', 'sendPasskeyLink', 'tellUser', 'unlockUser'],
    ],
    [
      'what a key is called makes no difference',
      { choice: { sessions: [], remove: [{ kind: 'u2f', id: 'k1' }], lock: false, reenrolment: 'none' } },
      ['u2f', 'tellUser'],
    ],
    [
      'what the role does not allow is left out from the beginning',
      {
        allowed: {
          ...allowed,
          removeRecoveryCodes: { allowed: false, because: 'permission', permission: 'user.credential.write' },
          endSession: { allowed: false, because: 'permission', permission: 'session.delete' },
        },
      },
      [
        '(recoveryCodes: permission)',
        'lockUser',
        '(endSession: permission)',
        '(endLaterSessions: permission)',
        ...removals,
        'sendPasswordReset',
        'tellUser',
        'unlockUser',
      ],
    ],
    [
      'a deactivated account is not locked, nor unlocked',
      { state: 'inactive', allowed: { ...allowed, lock: { allowed: false, because: 'state' } } },
      [
        'recoveryCodes',
        '(lockUser: state)',
        ...sessions,
        ...removals,
        'sendPasswordReset',
        'tellUser',
        '(unlockUser: state)',
      ],
    ],
    [
      'nobody to tell',
      { address: null, choice: { sessions: [], remove: [], reenrolment: 'none' } },
      ['lockUser', '(tellUser: noAddress)', 'unlockUser'],
    ],
    [
      'nothing to tell by',
      { mail: false, choice: { sessions: [], remove: [], reenrolment: 'none' } },
      ['lockUser', '(tellUser: noMail)', 'unlockUser'],
    ],
  ] as const)('%s', (_what, facts, expected) => {
    expect(linesOf(facts as Parameters<typeof linesOf>[0])).toEqual(expected);
  });
});

describe('what a choice names', () => {
  it('has to be there, once', () => {
    const choice = { ...all, remove: [{ kind: 'totp' }, { kind: 'totp' }, { kind: 'u2f', id: 'k2' }] } as ResetChoice;
    expect(findMissing(choice, factors, [])).toEqual(['choice.remove.1', 'choice.remove.2']);
    expect(findMissing({ ...all, remove: [], sessions: ['s1', 's9'] }, factors, [session('s1')])).toEqual([
      'choice.sessions.1',
    ]);
  });
});

describe('the hash of a plan', () => {
  const steps = planSteps({
    choice: all,
    factors,
    sessions: [],
    state: 'active',
    allowed,
    address: null,
    mail: true,
  });
  const plan = { userId: 'ada', caller: 'callBack', keptLocked: false, steps } as const;

  it('is of whom, of how the caller was verified, of each deed and its place', () => {
    const hashes = [
      plan,
      { ...plan, userId: 'bob' },
      { ...plan, caller: 'managerConfirms' as const },
      { ...plan, keptLocked: true },
      { ...plan, steps: steps.slice(1) },
      { ...plan, steps: steps.toReversed() },
    ].map(hashPlan);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashes[0]).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('is not of what is left out from the beginning', () => {
    expect(hashPlan({ ...plan, steps: steps.filter(({ skipped }) => skipped === null) })).toBe(hashPlan(plan));
  });
});
