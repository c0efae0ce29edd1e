import { type Approval, ApprovalSubject } from '@latchkey/contract/approval';
import * as z from 'zod/mini';
import type { CurrentApproval } from './approval-store.ts';
import type { Entitlement } from './judge-decider.ts';

/** The people an approval names. */
export function peopleIn(row: CurrentApproval): string[] {
  return [row.requested_by_id, row.decided_by_id, row.user_id].filter((id) => id !== null);
}

/**
 * A row as its viewer may see it.
 *
 * @param names of the people the viewer may read; of others only the id is told.
 */
export function toApproval(
  row: CurrentApproval,
  entitlement: Entitlement,
  names: ReadonlyMap<string, string>,
): Approval {
  const person = (userId: string) => ({ userId, name: names.get(userId) ?? userId });
  return {
    approvalId: row.approval_id,
    subject: hideName(z.parse(ApprovalSubject, JSON.parse(row.subject)), names),
    planHash: row.plan_hash,
    state: row.state,
    requestedBy: person(row.requested_by_id),
    reason: row.reason,
    ticket: row.ticket,
    requestedAt: toTime(row.requested_at),
    expiresAt: toTime(row.expires_at),
    decidedBy: row.decided_by_id === null ? null : person(row.decided_by_id),
    decidedAt: row.decided_at === null ? null : toTime(row.decided_at),
    decisionReason: row.decision_reason,
    decide: row.state === 'waiting' ? entitlement : { allowed: false, because: 'decided' },
  };
}

function hideName(subject: ApprovalSubject, names: ReadonlyMap<string, string>): ApprovalSubject {
  if (subject.kind !== 'reset' || names.has(subject.user.userId)) return subject;
  const { userId } = subject.user;
  return { ...subject, user: { userId, name: userId, loginName: userId } };
}

const toTime = (at: number): string => new Date(at).toISOString();
