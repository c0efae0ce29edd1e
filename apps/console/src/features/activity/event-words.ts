import type { ZitadelEvent } from '@latchkey/contract/activity';
import { t } from '@lingui/core/macro';

/** What an event of ZITADEL says, in our words where we have them, else in ZITADEL's own. */
export function eventWords({ event, text }: Pick<ZitadelEvent, 'event' | 'text'>): string {
  // ZITADEL wrote the first events of a user without `.human`; they mean the same.
  return knownWords(event.replace(/^user\.human\./, 'user.')) ?? (text === '' ? event : text);
}

function knownWords(event: string): string | null {
  switch (event) {
    case 'user.added':
    case 'user.selfregistered':
      return t`Account made`;
    case 'user.locked':
      return t`Account locked`;
    case 'user.unlocked':
      return t`Account unlocked`;
    case 'user.deactivated':
      return t`Account deactivated`;
    case 'user.reactivated':
      return t`Account reactivated`;
    case 'user.mfa.otp.added':
      return t`Authenticator app: set-up begun`;
    case 'user.mfa.otp.verified':
      return t`Authenticator app set up`;
    case 'user.mfa.otp.removed':
      return t`Authenticator app removed`;
    case 'user.mfa.otp.sms.added':
      return t`Code by SMS set up`;
    case 'user.mfa.otp.sms.removed':
      return t`Code by SMS removed`;
    case 'user.mfa.otp.email.added':
      return t`Code by email set up`;
    case 'user.mfa.otp.email.removed':
      return t`Code by email removed`;
    case 'user.mfa.u2f.token.added':
      return t`Security key: set-up begun`;
    case 'user.mfa.u2f.token.verified':
      return t`Security key set up`;
    case 'user.mfa.u2f.token.removed':
      return t`Security key removed`;
    case 'user.passwordless.token.added':
      return t`Passkey: set-up begun`;
    case 'user.passwordless.token.verified':
      return t`Passkey set up`;
    case 'user.passwordless.token.removed':
      return t`Passkey removed`;
    case 'user.password.changed':
      return t`Password changed`;
    case 'user.email.verified':
      return t`Email verified`;
    case 'user.email.changed':
      return t`Email changed`;
    case 'user.phone.verified':
      return t`Phone verified`;
    case 'user.phone.changed':
      return t`Phone changed`;
    case 'user.profile.changed':
      return t`Profile changed`;
    case 'user.username.changed':
      return t`Login name changed`;
    default:
      return null;
  }
}
