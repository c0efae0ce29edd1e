import { i18n } from '@lingui/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { actWords } from './act-words.ts';
import { eventWords } from './event-words.ts';

beforeAll(() => i18n.loadAndActivate({ locale: 'en', messages: {} }));

describe('eventWords', () => {
  it('has its own words for what concerns factors', () => {
    const removed = 'user.human.mfa.otp.sms.removed';
    expect(eventWords({ event: removed, text: 'Multifactor OTP SMS removed' })).toBe('Code by SMS removed');
  });

  it('falls back to what ZITADEL says, then to the name of the event', () => {
    expect(eventWords({ event: 'user.metadata.set', text: 'User metadata set' })).toBe('User metadata set');
    expect(eventWords({ event: 'user.metadata.set', text: '' })).toBe('user.metadata.set');
  });
});

describe('actWords', () => {
  it('names the key that went', () => {
    const act = { act: 'removeFactor', userId: '1', factor: { kind: 'u2f', id: '2' }, name: 'Desk key' } as const;
    expect(actWords(act)).toBe('Remove Security key Desk key');
  });
});
