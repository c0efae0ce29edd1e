import { createHmac } from 'node:crypto';
import type { AuditRecord } from '@latchkey/contract/activity';
import { toAuditRecord } from '../audit/audit-row.ts';
import type { AuditRow } from '../store/tables.ts';

/** What a receiver gets: the record as the console shows it, and its place in the chain. */
export interface WebhookRecord extends AuditRecord {
  readonly seq: number;
  /** `intent` before the act is tried, `outcome` after, `resolution` when somebody found out later. */
  readonly phase: AuditRow['phase'];
  readonly hash: string;
  readonly previousHash: string;
}

export interface WebhookMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * One row of the audit, signed as Standard Webhooks 1.0.0 says: HMAC-SHA-256 over `id.timestamp.body`. The id is the same
 * for each try, so that a receiver can tell a repetition.
 *
 * @param now of this try, epoch milliseconds: receivers refuse what was signed long ago.
 */
export function signRecord(row: AuditRow, secret: Buffer, now: number): WebhookMessage {
  const record: WebhookRecord = {
    ...toAuditRecord(row, row),
    seq: row.seq,
    phase: row.phase,
    hash: row.hash,
    previousHash: row.previous_hash,
  };
  const body = JSON.stringify(record);
  const id = `audit_${row.hash}`;
  const timestamp = String(Math.floor(now / 1000));
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Latchkey',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
  };
}
