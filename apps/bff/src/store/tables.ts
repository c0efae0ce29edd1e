import type { Act, ActOutcome } from '@latchkey/contract/activity';
import type { ApprovalTables } from './approval-tables.ts';
import type { NoticeTables } from './notice-tables.ts';
import type { ResetTables } from './reset-tables.ts';

/**
 * The BFF's tables. Moments are epoch milliseconds; hashes are SHA-256 in base64url. `kid` names the server key under
 * which `sealed` was encrypted; without the value only the browser holds, `sealed` cannot be opened.
 */
export interface Tables extends ResetTables, ApprovalTables, NoticeTables {
  transactions: TransactionRow;
  handles: HandleRow;
  sessions: SessionRow;
  sign_outs: SignOutRow;
  logout_tokens: LogoutTokenRow;
  audit: AuditRow;
  audit_anchors: AuditAnchorRow;
  idempotency: IdempotencyRow;
  rate_counts: RateCountRow;
}

/** How often something was asked in the window that ends at `ends_at`. */
export interface RateCountRow {
  key_hash: string;
  count: number;
  ends_at: number;
}

/** A sign-in under way. The verifier and nonce are derived from the binding cookie: nothing here redeems a code. */
export interface TransactionRow {
  state_hash: string;
  bind_hash: string;
  page_state: string;
  page_challenge: string;
  /** `sign-in`, or `step-up` for an account that must authenticate anew. */
  purpose: string;
  /** For a step-up: the session it refreshes, and whose it is. */
  session_hash: string | null;
  subject: string | null;
  /** What the step-up is for; null for everything. */
  intent: string | null;
  started_at: number;
  expires_at: number;
}

/** A finished sign-in that its page has not fetched yet. */
export interface HandleRow {
  handle_hash: string;
  bind_hash: string;
  page_challenge: string;
  kid: string;
  sealed: string;
  expires_at: number;
}

export interface SessionRow {
  id_hash: string;
  /** ZITADEL's session id (`sid`) and user id, for ending sessions without opening them. */
  sid: string | null;
  subject: string;
  created_at: number;
  last_seen_at: number;
  idle_seconds: number;
  absolute_end: number;
  /** Epoch seconds, as in the ID token. */
  auth_time: number;
  /** Space-separated RFC 8176 values. */
  amr: string;
  /** Counts the token sets; part of what `sealed` is bound to. */
  version: number;
  lease: string | null;
  lease_until: number | null;
  kid: string;
  sealed: string;
  /** What the sign-in was for, if for one thing only. */
  intent: string | null;
  /** What the browser called itself. */
  browser: string | null;
  /** Why the session is over while its tokens still wait for the cookie that opens them, so that they can be revoked. */
  ended: string | null;
}

/** Tokens that must still be revoked, sealed under a key of their own in a file outside the database. */
export interface SignOutRow {
  id: string;
  kid: string;
  sealed: string;
  created_at: number;
  attempts: number;
  next_attempt_at: number;
  expires_at: number;
}

/** Logout tokens seen, so that none works twice. */
export interface LogoutTokenRow {
  jti_hash: string;
  expires_at: number;
}

/**
 * One link of the audit's chain: an act is an `intent` written before it is tried, and an `outcome` written after, or a
 * `resolution` by whoever looked later. Rows are only ever added; `hash` covers the row and `previous_hash`.
 */
export interface AuditRow {
  seq: number;
  at: number;
  phase: 'intent' | 'outcome' | 'resolution';
  act_id: string;
  act: Act['act'];
  actor_id: string;
  user_id: string | null;
  organisation_id: string | null;
  /** JSON: what the act was done to, for its kind. */
  detail: string;
  reason: string;
  ticket: string | null;
  outcome: ActOutcome | null;
  /** The problem code, where the outcome is a refusal. */
  code: string | null;
  request_id: string;
  address: string | null;
  /** How the actor had authenticated: epoch seconds, space-separated RFC 8176 values. */
  auth_time: number | null;
  amr: string | null;
  previous_hash: string;
  hash: string;
}

/** The last of the audit's rows that were pruned, signed with a key that is not in the database. */
export interface AuditAnchorRow {
  seq: number;
  hash: string;
  pruned_at: number;
  kid: string;
  signature: string;
}

/** The answer to a change that came with an `Idempotency-Key`; without `status` it is still being made. */
export interface IdempotencyRow {
  key_hash: string;
  request_hash: string;
  status: number | null;
  body: string | null;
  created_at: number;
  expires_at: number;
}
