import type { ResetStepState } from '@latchkey/contract/reset';

/** Cases of the safe reset and their steps. Moments are epoch milliseconds. */
export interface ResetTables {
  resets: ResetRow;
  reset_steps: ResetStepRow;
}

export interface ResetRow {
  reset_id: string;
  user_id: string;
  /** The user's id as long as the case is open, else null: unique, so that nobody has two open cases. */
  open_user_id: string | null;
  user_name: string;
  login_name: string;
  organisation_id: string;
  organisation_name: string | null;
  /** What is stored: that a case waits, is approved or was interrupted follows from approvals and the lease. */
  state: 'planned' | 'running' | 'stopped' | 'refused' | 'done' | 'cancelled';
  /** The account's state when the plan was made. */
  user_state: string;
  agent_id: string;
  agent_name: string;
  started_by_id: string;
  started_by_name: string;
  /** JSON: how the caller was verified, and what was chosen. */
  caller: string;
  choice: string;
  reason: string;
  ticket: string | null;
  plan_hash: string;
  /** Why a second person is needed; null when none is. */
  approval_because: 'admin' | 'lastFactorOfAdmin' | null;
  /** The process that runs it now, and until when unless it says so again. */
  runner: string | null;
  runner_until: number | null;
  created_at: number;
  changed_at: number;
  finished_at: number | null;
  /** When the person was unlocked on their page, so that what the case left locked is not any more. */
  unlocked_at: number | null;
}

export interface ResetStepRow {
  reset_id: string;
  number: number;
  /** JSON: `ResetDeed`. */
  deed: string;
  /** `ResetStepState`. */
  state: ResetStepState;
  tried_at: number | null;
  answered_at: number | null;
  /** JSON, or null. */
  skipped: string | null;
  problem: string | null;
  permission: string | null;
  role: string | null;
  act_id: string | null;
  count: number | null;
}
