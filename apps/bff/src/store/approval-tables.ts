/** What waits for a second person. Moments are epoch milliseconds. */
export interface ApprovalTables {
  approvals: ApprovalRow;
}

export interface ApprovalRow {
  approval_id: string;
  kind: 'reset' | 'policy' | 'limit';
  /** What it is about: the case's id; for the policy and limits what they name. */
  subject_id: string;
  /** JSON: `ApprovalSubject`, exactly what was shown to whoever decides. */
  subject: string;
  /** SHA-256 over `subject`, base64url. */
  plan_hash: string;
  /** Whom a reset is about, and where; null for the instance. */
  user_id: string | null;
  organisation_id: string | null;
  /** `waiting`, `approved`, `refused`, `used`, `withdrawn`; `expired` follows from `expires_at`. */
  state: string;
  requested_by_id: string;
  requested_by_name: string;
  reason: string;
  ticket: string | null;
  requested_at: number;
  expires_at: number;
  decided_by_id: string | null;
  decided_by_name: string | null;
  decided_at: number | null;
  decision_reason: string | null;
}
