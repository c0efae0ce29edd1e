import type { Approval } from '@latchkey/contract/approval';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Actor } from '../guard/actor.ts';
import { Problem } from '../http/problem.ts';
import { readNames } from '../zitadel/read/read-names.ts';
import { readUser } from '../zitadel/read/read-user.ts';
import { toProblem } from '../zitadel/to-problem.ts';
import { type ApprovalParts, beginTime, type CurrentApproval, toCurrent, withdrawApproval } from './approval-store.ts';
import { createJudge, type Entitlement, type JudgeOptions } from './judge-decider.ts';
import { aboutOf } from './request-approval.ts';
import { peopleIn, toApproval } from './to-approval.ts';

export interface DecideOptions extends JudgeOptions, ApprovalParts {
  readonly audit: AuditLog;
  /** Told of each decision that was written. */
  readonly onDecision: (decision: 'approved' | 'refused' | 'withdrawn') => void;
}

/**
 * Approves exactly what was seen.
 *
 * @param planHash of what was seen.
 * @throws Problem `self_refused`, `not_permitted`, `rank_refused`; `case_changed` when it is another plan, too late, or
 * somebody else was first.
 */
export async function approve(
  options: DecideOptions,
  actor: Actor,
  approvalId: string,
  planHash: string,
): Promise<Approval> {
  return await decide(options, actor, approvalId, { state: 'approved', planHash });
}

/** Refuses, with a reason that whoever asked is shown. Throws the same. */
export async function refuse(
  options: DecideOptions,
  actor: Actor,
  approvalId: string,
  reason: string,
): Promise<Approval> {
  return await decide(options, actor, approvalId, { state: 'refused', reason });
}

/** Takes one's own request back. @throws Problem `not_permitted`; `case_changed` when it is over or used. */
export async function withdraw(options: DecideOptions, actor: Actor, approvalId: string): Promise<Approval> {
  const row = await load(options, approvalId);
  if (row.requested_by_id !== actor.userId) throw new Problem('not_permitted');
  const isOpen = row.state === 'waiting' || row.state === 'approved';
  if (!isOpen) throw new Problem('case_changed');
  const what = { act: 'withdrawApproval', reason: row.reason } as const;
  await record(options, actor, row, what, () => withdrawApproval(options, approvalId));
  options.onDecision('withdrawn');
  return await show(options, actor, approvalId);
}

type Decision =
  | { readonly state: 'approved'; readonly planHash: string }
  | { readonly state: 'refused'; readonly reason: string };

async function decide(options: DecideOptions, actor: Actor, approvalId: string, decision: Decision): Promise<Approval> {
  const row = await load(options, approvalId);
  refuseUnentitled(await createJudge(options, actor)(row), row);
  const isAnotherPlan = decision.state === 'approved' && decision.planHash !== row.plan_hash;
  if (row.state !== 'waiting' || isAnotherPlan) throw new Problem('case_changed');
  const { displayName } = await readUser(options.zitadel, actor.caller, actor.userId);

  const act = decision.state === 'approved' ? 'approve' : 'refuseApproval';
  const reason = decision.state === 'approved' ? row.reason : decision.reason;
  const by = { userId: actor.userId, name: displayName };
  await record(options, actor, row, { act, reason }, () => write(options, approvalId, decision, by));
  options.onDecision(decision.state);
  return await show(options, actor, approvalId);
}

/** Writes a decision into the audit, before it is written and after. @throws Problem `case_changed` when it comes too late. */
async function record(
  { audit }: DecideOptions,
  actor: Actor,
  row: CurrentApproval,
  { act, reason }: { readonly act: 'approve' | 'refuseApproval' | 'withdrawApproval'; readonly reason: string },
  write: () => Promise<boolean>,
): Promise<void> {
  const { approval_id: approvalId, kind, subject_id: subjectId, user_id: userId, plan_hash: planHash } = row;
  const placed = {
    act: { act, approvalId, ...aboutOf({ kind, subjectId, userId, planHash }) },
    organisationId: row.organisation_id,
  };
  const announced = await audit.announce(actor, placed, { reason, ...(row.ticket !== null && { ticket: row.ticket }) });
  try {
    if (!(await write())) throw new Problem('case_changed');
  } catch (error) {
    const problem = toProblem(error);
    await announced.end('refused', problem.code);
    throw problem;
  }
  await announced.end('done');
}

/** @returns false when it was decided, withdrawn or too late in the meantime. */
async function write(
  { store, clock }: ApprovalParts,
  approvalId: string,
  decision: Decision,
  by: { readonly userId: string; readonly name: string },
): Promise<boolean> {
  const now = clock();
  const decided = { decided_by_id: by.userId, decided_by_name: by.name, decided_at: now };
  const { numUpdatedRows } = await store
    .updateTable('approvals')
    .set(
      decision.state === 'approved'
        ? { ...decided, state: decision.state, expires_at: now + beginTime }
        : { ...decided, state: decision.state, decision_reason: decision.reason },
    )
    .where('approval_id', '=', approvalId)
    .where('state', '=', 'waiting')
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function refuseUnentitled(entitlement: Entitlement, row: CurrentApproval): void {
  if (entitlement.allowed) return;
  const { because, permission, role } = entitlement;
  switch (because) {
    case 'own':
    case 'subject':
      throw new Problem('self_refused');
    case 'rank':
      throw new Problem('rank_refused');
    case 'permission':
      throw new Problem('not_permitted', {
        ...(permission !== undefined && { permission }),
        ...(role !== undefined && { role }),
        ...(row.organisation_id !== null && { organisationId: row.organisation_id }),
      });
    case 'decided':
      throw new Problem('case_changed');
  }
}

async function load({ store, clock }: ApprovalParts, approvalId: string): Promise<CurrentApproval> {
  const row = await store.selectFrom('approvals').selectAll().where('approval_id', '=', approvalId).executeTakeFirst();
  if (!row) throw new Problem('not_found');
  return toCurrent(row, clock());
}

async function show(options: DecideOptions, actor: Actor, approvalId: string): Promise<Approval> {
  const row = await load(options, approvalId);
  // What was decided is decided, also where the names cannot be read just now.
  const names = await readNames(options.zitadel, actor.caller, peopleIn(row)).catch(() => new Map<string, string>());
  return toApproval(row, { allowed: false, because: 'decided' }, names);
}
