import { create } from '@bufbuild/protobuf';
import { EventSchema } from '@zitadel/proto/zitadel/event_pb.js';
import { expect, it } from 'vitest';
import { toFactorChange } from './to-factor-change.ts';

function changeOf(type: string, payload?: Record<string, string>) {
  return toFactorChange(
    create(EventSchema, { type: { type }, aggregate: { id: '1', resourceOwner: '2' }, ...(payload && { payload }) }),
  );
}

it.each([
  ['user.human.mfa.otp.verified', {}, { did: 'add', user: '1', kind: 'totp', in: 'o2' }],
  ['user.mfa.otp.removed', {}, { did: 'remove', user: '1', kind: 'totp' }],
  ['user.human.phone.removed', {}, { did: 'remove', user: '1', kind: 'otpSms' }],
  [
    'user.human.mfa.u2f.token.verified',
    { webAuthNTokenId: '9' },
    { did: 'add', user: '1', kind: 'u2f', key: '9', in: 'o2' },
  ],
  ['instance.member.added', { userId: '7' }, { did: 'join', user: '7', in: [] }],
  ['org.member.removed', { userId: '7' }, { did: 'leave', user: '7', in: ['o1'] }],
  ['project.member.added', { userId: '7' }, { did: 'join', user: '7', in: ['o2', 'p1'] }],
  ['project.grant.member.added', { userId: '7', grantId: '8' }, { did: 'join', user: '7', in: ['o2', 'p1', 'g8'] }],
  ['project.grant.removed', { grantId: '8' }, { did: 'end', id: 'g8' }],
  ['user.removed', {}, { did: 'end', id: 'u1' }],
  ['org.removed', {}, { did: 'end', id: 'o1' }],
  ['instance.added', {}, undefined],
  // An enrolment that was begun is not a factor yet.
  ['user.human.mfa.otp.added', {}, undefined],
])('reads %s', (type, payload, change) => {
  expect(changeOf(type, payload)).toEqual(change);
});

it('reads an event without a payload', () => {
  expect(changeOf('user.human.mfa.u2f.token.removed')).toEqual({ did: 'remove', user: '1', kind: 'u2f', key: '' });
});
