import type { FactorChange } from '@latchkey/contract/factor-changes';
import type { Event } from '@zitadel/proto/zitadel/event_pb.js';

type Kind = Extract<FactorChange, { did: 'add' }>['kind'];
type Translate = (event: Told) => FactorChange;

/** What an event tells of itself: where it happened, who owns that, and what it carries. */
interface Told {
  readonly id: string;
  readonly owner: string;
  /** A text of its payload; empty when it has none. */
  text(name: string): string;
}

/** The first event of every instance. */
export const beginning = 'instance.added';

/**
 * The events that say who has which factor and who is an admin: ZITADEL's own views of both are read from these
 * (internal/query/projection/user_auth_method.go and *_member.go). Roles that are changed stay held; those that end
 * with their holder are told by the holder's end. With `beginning` they are fewer than the thirty types that ZITADEL
 * takes in one question (zitadel.md 3.5).
 */
const translations: Readonly<Record<string, Translate>> = {
  'user.human.mfa.otp.verified': added('totp'),
  'user.human.mfa.otp.removed': removed('totp'),
  // The names of 2020 and 2021; an instance of then still has them.
  'user.mfa.otp.verified': added('totp'),
  'user.mfa.otp.removed': removed('totp'),
  'user.human.mfa.otp.sms.added': added('otpSms'),
  'user.human.mfa.otp.sms.removed': removed('otpSms'),
  // The number's end is the end of codes sent to it (zitadel.md 2.3).
  'user.human.phone.removed': removed('otpSms'),
  'user.human.mfa.otp.email.added': added('otpEmail'),
  'user.human.mfa.otp.email.removed': removed('otpEmail'),
  'user.human.mfa.u2f.token.verified': added('u2f'),
  'user.human.mfa.u2f.token.removed': removed('u2f'),
  'user.human.passwordless.token.verified': added('passkey'),
  'user.human.passwordless.token.removed': removed('passkey'),
  'user.human.mfa.recoverycode.added': added('recoveryCodes'),
  'user.human.mfa.recoverycode.removed': removed('recoveryCodes'),
  'user.removed': ({ id }) => ({ did: 'end', id: `u${id}` }),
  'org.removed': ({ id }) => ({ did: 'end', id: `o${id}` }),
  'project.removed': ({ id }) => ({ did: 'end', id: `p${id}` }),
  'project.grant.removed': ({ text }) => ({ did: 'end', id: `g${text('grantId')}` }),
  ...membership('instance.member', () => []),
  ...membership('org.member', ({ id }) => [`o${id}`]),
  ...membership('project.member', ({ id, owner }) => [`o${owner}`, `p${id}`]),
  ...membership('project.grant.member', ({ id, owner, text }) => [`o${owner}`, `p${id}`, `g${text('grantId')}`]),
};

/** What to ask ZITADEL for. */
export const factorChangeTypes: readonly string[] = [beginning, ...Object.keys(translations)];

/** @returns undefined for an event that says nothing of factors and roles. */
export function toFactorChange({ type, aggregate, payload }: Event): FactorChange | undefined {
  const text = (name: string) => {
    const value = payload?.[name];
    return typeof value === 'string' ? value : '';
  };
  return translations[type?.type ?? '']?.({ id: aggregate?.id ?? '', owner: aggregate?.resourceOwner ?? '', text });
}

function added(kind: Kind): Translate {
  return ({ id, owner, text }) => ({ did: 'add', user: id, kind, in: `o${owner}`, ...keyOf(kind, text) });
}

function removed(kind: Kind): Translate {
  return ({ id, text }) => ({ did: 'remove', user: id, kind, ...keyOf(kind, text) });
}

function keyOf(kind: Kind, text: Told['text']): { key?: string } {
  return kind === 'u2f' || kind === 'passkey' ? { key: text('webAuthNTokenId') } : {};
}

function membership(stem: string, placeOf: (event: Told) => string[]): Record<string, Translate> {
  return {
    [`${stem}.added`]: (event) => ({ did: 'join', user: event.text('userId'), in: placeOf(event) }),
    [`${stem}.removed`]: (event) => ({ did: 'leave', user: event.text('userId'), in: placeOf(event) }),
  };
}
