/** A session and what was proved in it. Times are epoch milliseconds, null where nothing was proved. */
export interface SessionTable {
  id: string;
  sequence: number;
  created_at: number;
  changed_at: number;
  /** User id of whoever made it, or `LOGIN` for the sign-in pages. */
  creator: string;
  resource_owner: string;
  user_id: string;
  user_organisation_id: string;
  user_checked_at: number | null;
  password_checked_at: number | null;
  totp_checked_at: number | null;
  otp_sms_checked_at: number | null;
  otp_email_checked_at: number | null;
  recovery_code_checked_at: number | null;
  webauthn_checked_at: number | null;
  webauthn_user_verified: 0 | 1;
  token_hash: string;
  /** JSON object, values base64. */
  metadata: string;
  /** JSON of the user agent, or empty. */
  user_agent: string;
  fingerprint_id: string;
  expires_at: number | null;
  otp_sms_mac: string;
  otp_sms_expires_at: number;
  otp_email_mac: string;
  otp_email_expires_at: number;
  /** JSON of the open WebAuthn challenge, or empty. */
  webauthn_challenge: string;
}

export interface SessionTables {
  /** Live sessions only: an ended one has its events and no row. */
  sessions: SessionTable;
}
