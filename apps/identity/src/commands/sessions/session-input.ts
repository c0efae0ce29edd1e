import type { WebAuthnChallenge } from '../factors/webauthn-login.ts';

/** Proofs for a session; what is absent is not checked. Checked in this order. */
export interface SessionChecks {
  readonly user?: { readonly userId: string } | { readonly loginName: string };
  readonly password?: string;
  /** A sign-in elsewhere. We have no identity providers, so no token is one of ours and it is always refused. */
  readonly intentToken?: string;
  /** Answer of `navigator.credentials.get`, as JSON, to the session's open challenge. */
  readonly webAuthn?: unknown;
  readonly totp?: string;
  readonly otpSms?: string;
  readonly otpEmail?: string;
  readonly recoveryCode?: string;
}

/** Codes and challenges to make. */
export interface SessionChallenges {
  readonly webAuthn?: { readonly rpId: string; readonly userVerification: WebAuthnChallenge['userVerification'] };
  /** `return`: hand the code to the caller instead of sending it. */
  readonly otpSms?: 'send' | 'return';
  readonly otpEmail?: 'send' | 'return' | { readonly urlTemplate: string };
}

/** A change to a session: its creation, too. */
export interface SessionChange {
  readonly checks?: SessionChecks;
  readonly challenges?: SessionChallenges;
  /** Values base64. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Seconds from now. */
  readonly lifetime?: number;
}

export interface SessionUserAgent {
  readonly fingerprintId?: string;
  readonly ip?: string;
  readonly description?: string;
  readonly header?: Readonly<Record<string, readonly string[]>>;
}

/** What was made for the challenges; codes only where their return was asked for. */
export interface MadeChallenges {
  readonly webAuthn?: WebAuthnChallenge['options'];
  readonly otpSms?: string;
  readonly otpEmail?: string;
}
