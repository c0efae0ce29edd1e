type Nothing = Record<string, never>;

interface WebAuthnAdded {
  webAuthNTokenId: string;
  challenge: string;
  rpID: string;
}

interface WebAuthnVerified {
  webAuthNTokenId: string;
  webAuthNTokenName: string;
  /** Credential id, base64url. */
  keyID: string;
  /** COSE key, base64url. It can check a signature, not make one. */
  publicKey: string;
  attestationType: string;
  aaguid: string;
  signCount: number;
  transports: string[];
}

interface WebAuthnSignCount {
  webAuthNTokenId: string;
  signCount: number;
}

interface CodeAdded {
  codeMac: string;
  /** Epoch milliseconds. */
  expiry: number;
}

/** Events of second factors and passkeys. No payload holds anything that can authenticate in the clear. */
export interface FactorEvents {
  /** `otpSecret`: sealed by the vault. */
  'user.human.mfa.otp.added': { otpSecret: string };
  'user.human.mfa.otp.verified': Nothing;
  'user.human.mfa.otp.removed': Nothing;
  'user.human.mfa.otp.check.succeeded': Nothing;
  'user.human.mfa.otp.check.failed': Nothing;
  'user.human.mfa.otp.sms.added': Nothing;
  'user.human.mfa.otp.sms.removed': Nothing;
  'user.human.mfa.otp.sms.code.added': CodeAdded;
  'user.human.mfa.otp.sms.code.sent': Nothing;
  'user.human.mfa.otp.sms.check.succeeded': Nothing;
  'user.human.mfa.otp.sms.check.failed': Nothing;
  'user.human.mfa.otp.email.added': Nothing;
  'user.human.mfa.otp.email.removed': Nothing;
  'user.human.mfa.otp.email.code.added': CodeAdded;
  'user.human.mfa.otp.email.code.sent': Nothing;
  'user.human.mfa.otp.email.check.succeeded': Nothing;
  'user.human.mfa.otp.email.check.failed': Nothing;
  'user.human.mfa.u2f.token.added': WebAuthnAdded;
  'user.human.mfa.u2f.token.verified': WebAuthnVerified;
  'user.human.mfa.u2f.token.signcount.changed': WebAuthnSignCount;
  'user.human.mfa.u2f.token.removed': { webAuthNTokenId: string };
  'user.human.mfa.u2f.token.check.succeeded': Nothing;
  'user.human.mfa.u2f.token.check.failed': Nothing;
  'user.human.passwordless.token.added': WebAuthnAdded;
  'user.human.passwordless.token.verified': WebAuthnVerified;
  'user.human.passwordless.token.signcount.changed': WebAuthnSignCount;
  'user.human.passwordless.token.removed': { webAuthNTokenId: string };
  'user.human.passwordless.token.check.succeeded': Nothing;
  'user.human.passwordless.token.check.failed': Nothing;
  'user.human.passwordless.initialization.code.added': CodeAdded & { id: string };
  'user.human.passwordless.initialization.code.requested': CodeAdded & { id: string };
  'user.human.passwordless.initialization.code.sent': { id: string };
  'user.human.passwordless.initialization.code.check.succeeded': { id: string };
  /** `codeMacs`: keyed hashes of the codes. */
  'user.human.mfa.recoverycode.added': { codeMacs: string[] };
  'user.human.mfa.recoverycode.removed': Nothing;
  /** `index`: which of the codes was used up. */
  'user.human.mfa.recoverycode.check.succeeded': { codeMac: string };
  'user.human.mfa.recoverycode.check.failed': Nothing;
  'user.human.mfa.init.skipped': Nothing;
}
