import type { SessionCheck } from '@latchkey/contract/user-session';
import { t } from '@lingui/core/macro';
import { formatList } from '../../i18n/format.ts';

/** By what a session was checked, in words. */
export function checksWords(checks: readonly SessionCheck[]): string {
  return checks.length === 0 ? t`nothing yet` : formatList(checks.map(({ by }) => checkWord(by)));
}

function checkWord(by: SessionCheck['by']): string {
  switch (by) {
    case 'password':
      return t`password`;
    case 'webAuthn':
      return t`security key or passkey`;
    case 'totp':
      return t`authenticator app`;
    case 'otpSms':
      return t`code by SMS`;
    case 'otpEmail':
      return t`code by email`;
    case 'recoveryCode':
      return t`recovery code`;
    case 'identityProvider':
      return t`identity provider`;
  }
}
