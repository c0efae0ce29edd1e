import type { Factor } from '@latchkey/contract/factor';
import { describe, expect, it } from 'vitest';
import { codeChannelsOf } from './caller-codes.ts';
import { maskAddress } from './mask-address.ts';
import type { ServiceAccount } from './service-account.ts';

const account = {} as ServiceAccount;
const user = {
  state: 'active',
  emailAddress: { address: 'ada@example.com', verified: true },
  phoneNumber: { address: '+41 79 123 45 67', verified: true },
} as const;
const both: Factor[] = [
  { kind: 'otpEmail', state: 'ready' },
  { kind: 'otpSms', state: 'ready' },
  { kind: 'totp', state: 'ready' },
];

describe('the channels for a code', () => {
  it('are those on which the person takes codes, at verified addresses, masked', () => {
    expect(codeChannelsOf(account, user, both)).toEqual([
      { channel: 'otpEmail', to: 'a•••@example.com' },
      { channel: 'otpSms', to: '••• 67' },
    ]);
    expect(codeChannelsOf(account, user, [{ kind: 'otpSms', state: 'ready' }])).toHaveLength(1);
    expect(codeChannelsOf(account, user, [{ kind: 'otpSms', state: 'notReady' }])).toEqual([]);
    const unverified = { ...user, phoneNumber: { address: '+41791234567', verified: false }, emailAddress: null };
    expect(codeChannelsOf(account, unverified, both)).toEqual([]);
  });

  it.each(['locked', 'inactive', 'deleted'] as const)('are none for somebody %s', (state) => {
    expect(codeChannelsOf(account, { ...user, state }, both)).toEqual([]);
  });

  it('are absent without a service account', () => expect(codeChannelsOf(null, user, both)).toBeNull());
});

it.each([
  ['otpEmail', 'a@example.com', '•••@example.com'],
  ['otpEmail', '"a@b"@example.com', '"•••@example.com'],
  ['otpEmail', '😀x@example.com', '😀•••@example.com'],
  ['otpSms', '7', '••• 7'],
] as const)('of %s %j the agent sees %j', (channel, address, masked) => {
  expect(maskAddress(channel, address)).toBe(masked);
});
