import type { Factor, FactorKind } from '@latchkey/contract/factor';
import { t } from '@lingui/core/macro';

/** The word for a kind of factor, the same everywhere on the page. */
export function factorWord(kind: FactorKind): string {
  switch (kind) {
    case 'totp':
      return t`Authenticator app`;
    case 'u2f':
      return t`Security key`;
    case 'otpSms':
      return t`Code by SMS`;
    case 'otpEmail':
      return t`Code by email`;
    case 'passkey':
      return t`Passkey`;
    case 'recoveryCodes':
      return t`Recovery codes`;
  }
}

/** A factor as it is called: its word, and for keys the name their owner gave them. */
export function factorName(factor: Factor): string {
  const word = factorWord(factor.kind);
  const ownName = 'name' in factor ? factor.name.trim() : '';
  return ownName === '' ? word : `${word} ${ownName}`;
}

/** What sign-in asks for when this kind is used, as part of a sentence: "a code by SMS". */
export function factorAsked(kind: FactorKind): string {
  switch (kind) {
    case 'totp':
      return t`a code from the authenticator app`;
    case 'u2f':
      return t`a security key`;
    case 'otpSms':
      return t`a code by SMS`;
    case 'otpEmail':
      return t`a code by email`;
    case 'passkey':
      return t`a passkey`;
    case 'recoveryCodes':
      return t`a recovery code`;
  }
}
