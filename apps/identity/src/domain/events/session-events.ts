type Nothing = Record<string, never>;

interface CheckedAt {
  /** Epoch milliseconds. */
  checkedAt: number;
}

/** Events of a session: who proved what, and when. Tokens and codes only as hashes. */
export interface SessionEvents {
  'session.added': {
    userAgent?: {
      fingerprintId?: string;
      ip?: string;
      description?: string;
      header?: Record<string, readonly string[]>;
    };
  };
  'session.user.checked': CheckedAt & { userID: string; userResourceOwner: string };
  'session.password.checked': CheckedAt;
  'session.totp.checked': CheckedAt;
  'session.recovery.code.checked': CheckedAt;
  'session.otp.sms.challenged': { codeMac: string; expiry: number; codeReturned: boolean };
  'session.otp.sms.sent': Nothing;
  'session.otp.sms.checked': CheckedAt;
  'session.otp.email.challenged': { codeMac: string; expiry: number; codeReturned: boolean };
  'session.otp.email.sent': Nothing;
  'session.otp.email.checked': CheckedAt;
  'session.webAuthN.challenged': { challenge: string; rpID: string; userVerification: string };
  'session.webAuthN.checked': CheckedAt & { userVerified: boolean };
  /** `tokenHash`: SHA-256, base64url. A new token ends the one before. */
  'session.token.set': { tokenHash: string };
  'session.metadata.set': { metadata: Record<string, string> };
  /** Seconds from this event on. */
  'session.lifetime.set': { lifetime: number };
  'session.terminated': Nothing;
}
