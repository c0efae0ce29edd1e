/** Mail to users, codes to callers, "this was not me", and what a SIEM has been told. Moments are epoch milliseconds. */
export interface NoticeTables {
  notices: NoticeRow;
  caller_codes: CallerCodeRow;
  webhook_position: WebhookPositionRow;
}

/** A mail, from before it is tried until it went out or is given up. `code_hash` is of its "not me" code. */
export interface NoticeRow {
  notice_id: string;
  reset_id: string;
  /** Whom the case is about; mails to agents and admins about it name them, too. */
  user_id: string;
  kind: 'user' | 'agent' | 'admin';
  address: string;
  language: string;
  /** JSON: what the mail says. */
  facts: string;
  code_hash: string | null;
  code_expires_at: number | null;
  /** When "this was not me" was pressed, and how far what follows has come. */
  disputed_at: number | null;
  /** `pressed`, `recorded` (in the audit), `locked`, `unlockable` (its state forbids it); null when nobody pressed. */
  dispute_state: string | null;
  dispute_attempts: number;
  dispute_next_at: number | null;
  /** Where it was pressed, for the audit. */
  dispute_address: string | null;
  dispute_request_id: string | null;
  /** When the account was unlocked on purpose after it; null as long as it holds. */
  dispute_lifted_at: number | null;
  /** `noAddress` and `noMail`: there was never anything to send. */
  state: 'waiting' | 'sent' | 'failed' | 'noAddress' | 'noMail';
  attempts: number;
  next_attempt_at: number | null;
  created_at: number;
  sent_at: number | null;
}

/** A code sent to a caller. ZITADEL keeps the code; here is only which session it was sent in. */
export interface CallerCodeRow {
  caller_code_id: string;
  agent_id: string;
  user_id: string;
  channel: 'otpEmail' | 'otpSms';
  masked_to: string;
  /** ZITADEL's id of the session the code belongs to; null when it has ended. */
  session_id: string | null;
  state: 'sent' | 'verified' | 'failed';
  attempts: number;
  created_at: number;
  expires_at: number;
  /** The case it was used for, so that none opens two. */
  used_for: string | null;
}

/** Up to which audit record the webhook has been told, and who is telling now. */
export interface WebhookPositionRow {
  id: number;
  seq: number;
  attempts: number;
  next_attempt_at: number;
  lease: string | null;
  lease_until: number | null;
}
