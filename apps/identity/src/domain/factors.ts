import { type DomainError, notFound } from './errors.ts';

/**
 * What a person can prove themselves with beside the password. ZITADEL says `otp` in v1 and `totp` in v2 for the
 * authenticator app; in here it is `totp`.
 */
export type FactorKind = 'totp' | 'otpEmail' | 'otpSms' | 'u2f' | 'passkey' | 'recoveryCodes';

export type WebAuthnKind = 'u2f' | 'passkey';

/** `notReady`: begun, not yet confirmed by a first code or signature. */
export type FactorState = 'notReady' | 'ready';

const OTP_MISSING = 'Errors.User.MFA.OTP.NotExisting';

/**
 * The error when a factor that is not there is removed: by kind, ids as ZITADEL gives them (zitadel.md 2, 3.1). Recovery
 * codes have none: removing what is not there succeeds without an event.
 */
export function factorMissing(kind: Exclude<FactorKind, 'recoveryCodes'>): DomainError {
  switch (kind) {
    case 'totp':
      return notFound('COMMAND-Hd9sd', OTP_MISSING);
    case 'otpEmail':
      return notFound('COMMAND-b312D', OTP_MISSING);
    case 'otpSms':
      return notFound('COMMAND-Sr3h3', OTP_MISSING);
    case 'u2f':
    case 'passkey':
      return notFound('COMMAND-DAfb2', 'Errors.User.WebAuthN.NotFound');
  }
}
