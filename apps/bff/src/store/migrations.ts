import type { Migration } from 'kysely';
import { sessions } from './migrations/0001-sessions.ts';
import { audit } from './migrations/0002-audit.ts';
import { intents } from './migrations/0003-intents.ts';
import { rateCounts } from './migrations/0004-rate-counts.ts';
import { auditAnchors } from './migrations/0005-audit-anchors.ts';
import { resets } from './migrations/0006-resets.ts';
import { approvals } from './migrations/0007-approvals.ts';
import { notices } from './migrations/0008-notices.ts';
import { disputes } from './migrations/0009-disputes.ts';

/** Every change of the tables, in order; forward only. A published migration is never edited. */
export const migrations: Record<string, Migration> = {
  '0001-sessions': sessions,
  '0002-audit': audit,
  '0003-intents': intents,
  '0004-rate-counts': rateCounts,
  '0005-audit-anchors': auditAnchors,
  '0006-resets': resets,
  '0007-approvals': approvals,
  '0008-notices': notices,
  '0009-disputes': disputes,
};
