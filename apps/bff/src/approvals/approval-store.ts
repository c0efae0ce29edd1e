import { createHash, randomUUID } from 'node:crypto';
import type { ApprovalState, ApprovalSubject } from '@latchkey/contract/approval';
import type { Clock } from '../clock.ts';
import type { ApprovalRow } from '../store/approval-tables.ts';
import type { Store } from '../store/open-store.ts';
import { createStoreCounter } from '../store/store-counter.ts';

/** How long a request waits for its decision, in milliseconds. */
export const decisionTime = 30 * 60_000;
/** How long an approval waits for what was approved to begin, in milliseconds. */
export const beginTime = 30 * 60_000;

/** Where approvals are kept, and what time it is. */
export interface ApprovalParts {
  readonly store: Store;
  readonly clock: Clock;
}

/** A row whose state says, too, when its time has run out. */
export type CurrentApproval = Omit<ApprovalRow, 'state'> & { readonly state: ApprovalState };

/** What a second person is asked for. `planHash` is the case's for a reset; else it is made of the subject. */
export interface ApprovalRequest {
  /** Chosen here unless it is given. */
  readonly approvalId?: string;
  readonly kind: ApprovalRow['kind'];
  readonly subjectId: string;
  readonly subject: ApprovalSubject;
  readonly planHash?: string;
  /** Whom it is about, and where; null for the instance. */
  readonly userId: string | null;
  readonly organisationId: string | null;
  readonly requestedBy: { readonly userId: string; readonly name: string };
  readonly reason: string;
  readonly ticket: string | null;
}

/** Writes down a request; what was asked before for the same subject stays as it is. */
export async function createApproval(
  { store, clock }: ApprovalParts,
  request: ApprovalRequest,
): Promise<CurrentApproval> {
  const now = clock();
  const subject = JSON.stringify(request.subject);
  const row = {
    approval_id: request.approvalId ?? randomUUID(),
    kind: request.kind,
    subject_id: request.subjectId,
    subject,
    plan_hash: request.planHash ?? hashSubject(request.subject),
    user_id: request.userId,
    organisation_id: request.organisationId,
    state: 'waiting' as const,
    requested_by_id: request.requestedBy.userId,
    requested_by_name: request.requestedBy.name,
    reason: request.reason,
    ticket: request.ticket,
    requested_at: now,
    expires_at: now + decisionTime,
    decided_by_id: null,
    decided_by_name: null,
    decided_at: null,
    decision_reason: null,
  };
  await store.insertInto('approvals').values(row).execute();
  return row;
}

/**
 * The same, unless one for this very plan waits already: of several who ask at once, in whatever process, one does.
 *
 * @returns what waits now, and whether it is new.
 */
export async function createApprovalOnce(
  { store, clock }: ApprovalParts,
  request: ApprovalRequest,
): Promise<{ readonly approval: CurrentApproval; readonly isNew: boolean }> {
  const { kind, subjectId, subject, planHash = hashSubject(subject) } = request;
  return await store.transaction().execute(async (transaction) => {
    const parts = { store: transaction, clock };
    // Its row is held until the end of the transaction, so that the others look after this one has written.
    await createStoreCounter(transaction, clock).hit(`ask ${kind} ${subjectId}`, 1_000);
    const open = await findApproval(parts, kind, subjectId);
    if (open?.state === 'waiting' && open.plan_hash === planHash) return { approval: open, isNew: false };
    return { approval: await createApproval(parts, request), isNew: true };
  });
}

/** The newest request for a subject. */
export async function findApproval(
  { store, clock }: ApprovalParts,
  kind: ApprovalRow['kind'],
  subjectId: string,
): Promise<CurrentApproval | undefined> {
  const row = await store
    .selectFrom('approvals')
    .selectAll()
    .where('kind', '=', kind)
    .where('subject_id', '=', subjectId)
    .orderBy('requested_at', 'desc')
    .executeTakeFirst();
  return row && toCurrent(row, clock());
}

/**
 * Takes an approval for what begins now, once: of two who try at the same time one gets it.
 *
 * @param planHash of what is to begin, which must be what was approved.
 * @param spenderId who begins it: never whoever approved it.
 * @returns false when there is nothing to take: not approved, too late, taken before, another plan, their own approval.
 */
export async function spendApproval(
  { store, clock }: ApprovalParts,
  approvalId: string,
  planHash: string,
  spenderId: string,
): Promise<boolean> {
  const { numUpdatedRows } = await store
    .updateTable('approvals')
    .set({ state: 'used' })
    .where('approval_id', '=', approvalId)
    .where('state', '=', 'approved')
    .where('plan_hash', '=', planHash)
    .where('decided_by_id', '!=', spenderId)
    .where('expires_at', '>', clock())
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * Takes a request or an unused approval back.
 *
 * @returns false when there is nothing to take back any more.
 */
export async function withdrawApproval({ store }: ApprovalParts, approvalId: string): Promise<boolean> {
  const { numUpdatedRows } = await store
    .updateTable('approvals')
    .set({ state: 'withdrawn' })
    .where('approval_id', '=', approvalId)
    .where('state', 'in', ['waiting', 'approved'])
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Takes an approval back whose giver may not give it any more, used or not. */
export async function revokeApproval({ store }: ApprovalParts, approvalId: string): Promise<void> {
  await store
    .updateTable('approvals')
    .set({ state: 'withdrawn' })
    .where('approval_id', '=', approvalId)
    .where('state', 'in', ['approved', 'used'])
    .execute();
}

/** SHA-256 over a subject, base64url. */
export function hashSubject(subject: ApprovalSubject): string {
  return createHash('sha256').update(JSON.stringify(subject)).digest('base64url');
}

/** @param now epoch milliseconds. */
export function toCurrent(row: ApprovalRow, now: number): CurrentApproval {
  const isOpen = row.state === 'waiting' || row.state === 'approved';
  return { ...row, state: isOpen && row.expires_at <= now ? 'expired' : (row.state as ApprovalState) };
}
