import type { Logger } from 'pino';
import type { RemovalLimits } from '../approvals/removal-limits.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { IdempotencyOptions } from '../changes/idempotent.ts';
import type { Config } from '../config.ts';
import type { NoticeParts } from '../notices/notice-parts.ts';
import type { Zitadel } from '../zitadel/client.ts';
import type { Runs } from './run/runs.ts';

/** What the room of the safe reset works with. */
export interface ResetParts extends IdempotencyOptions {
  readonly zitadel: Zitadel;
  readonly audit: AuditLog;
  readonly log: Logger;
  readonly config: Pick<Config, 'sessions' | 'rateScale' | 'ticketPattern' | 'recoveryCodesAtSignIn' | 'removalApi'>;
  /** Mail to the person; with the service account, where one is set up. */
  readonly notices: NoticeParts;
  readonly removalLimits: RemovalLimits;
  /** The cases this process runs now. */
  readonly runs: Runs;
}
