import type { Factor } from '@latchkey/contract/factor';
import type { SignInRules } from '@latchkey/contract/user';
import { describe, expect, it } from 'vitest';
import { consequenceOf, signInAsk } from './sign-in-ask.ts';

const totp: Factor = { kind: 'totp', state: 'ready' };
const sms: Factor = { kind: 'otpSms', state: 'ready' };
const codes: Factor = { kind: 'recoveryCodes', state: 'ready' };
const passkey: Factor = { kind: 'passkey', state: 'ready', id: 'p1', name: 'Phone' };
const key = (id: string): Factor => ({ kind: 'u2f', state: 'ready', id, name: `Key ${id}` });

const rules = (changes: Partial<SignInRules> = {}): SignInRules => ({
  secondFactors: ['totp', 'u2f', 'otpSms', 'otpEmail'],
  forceMfa: false,
  passwordlessAllowed: true,
  mfaInitSkip: 0,
  ...changes,
});

describe('signInAsk', () => {
  it('asks for every ready factor that the policy allows, each kind once', () => {
    expect(signInAsk([sms, totp, key('1'), key('2')], rules({ secondFactors: ['totp', 'u2f'] })).second).toEqual({
      kind: 'asks',
      kinds: ['u2f', 'totp'],
    });
  });

  it('does not count what was never finished, nor recovery codes', () => {
    const half: Factor = { kind: 'totp', state: 'notReady' };
    expect(signInAsk([half, codes], rules({ secondFactors: ['totp', 'recoveryCodes'] })).second.kind).toBe('nothing');
  });

  it.each<[string, Partial<SignInRules>, string]>([
    ['forced, types left', { forceMfa: true }, 'forcesSetUp'],
    ['forced, no type left', { forceMfa: true, secondFactors: [] }, 'locksOut'],
    ['not forced, set-up offered', { mfaInitSkip: 2_592_000 }, 'offersSetUp'],
    ['not forced, offered but no type left', { mfaInitSkip: 2_592_000, secondFactors: [] }, 'nothing'],
    ['not forced, never offered', { mfaInitSkip: null }, 'nothing'],
  ])('without any factor: %s', (_name, changes, expected) => {
    expect(signInAsk([], rules(changes)).second.kind).toBe(expected);
  });

  it('opens by passkey only where the policy allows it', () => {
    expect(signInAsk([passkey], rules()).passkey).toBe(true);
    expect(signInAsk([passkey], rules({ passwordlessAllowed: false })).passkey).toBe(false);
  });

  it('claims nothing when the rules cannot be read', () => {
    expect(signInAsk([totp], null).second.kind).toBe('unknown');
  });
});

describe('consequenceOf', () => {
  it('leaves the other key to ask for', () => {
    expect(consequenceOf(key('1'), [key('1'), key('2')], rules())).toEqual({
      kind: 'asksThen',
      ask: { second: { kind: 'asks', kinds: ['u2f'] }, passkey: false },
    });
  });

  it('leaves the password alone when the only factor goes', () => {
    expect(consequenceOf(totp, [totp], rules())).toEqual({
      kind: 'asksThen',
      ask: { second: { kind: 'nothing' }, passkey: false },
    });
  });

  it('changes nothing when the set-up was never finished', () => {
    expect(consequenceOf({ kind: 'totp', state: 'notReady' }, [], rules()).kind).toBe('unfinished');
  });

  it('changes nothing when sign-in does not ask for it', () => {
    expect(consequenceOf(sms, [sms], rules({ secondFactors: ['totp'] })).kind).toBe('notAsked');
    expect(consequenceOf(codes, [codes], rules({ secondFactors: ['recoveryCodes'] })).kind).toBe('notAsked');
    expect(consequenceOf(passkey, [passkey], rules({ passwordlessAllowed: false })).kind).toBe('notAsked');
  });
});
