import type { ApprovalSubject } from '@latchkey/contract/approval';
import type { PolicyReasonBody } from '@latchkey/contract/removal';
import type { Actor } from '../guard/actor.ts';
import { Problem } from '../http/problem.ts';
import { type ApprovalParts, hashSubject, spendApproval } from './approval-store.ts';

/** A change of the login policy, as a second person is shown it. */
export type PolicyPlan = Omit<Extract<ApprovalSubject, { kind: 'policy' }>, 'kind'>;

/** The subject of a plan: its fields always in the same order, because its hash is what is approved. */
export function toPolicySubject({ act, type, locksEverybodyOut }: PolicyPlan) {
  return { kind: 'policy', act, type, locksEverybodyOut } as const;
}

/**
 * Takes the approval of a change of the login policy, right before it is tried; does nothing where the operator does not
 * ask for a second person. Undoing a change is a change: adding a type back weakens the policy for those who had theirs
 * taken, and an attacker would call it an undoing.
 *
 * @throws Problem `approval_required` unless somebody else approved exactly this, for this person, and it was not used.
 */
export async function takePolicyApproval(
  parts: ApprovalParts & { readonly policyApproval: boolean },
  actor: Actor,
  plan: PolicyPlan,
  { approvalId }: PolicyReasonBody,
): Promise<void> {
  if (!parts.policyApproval) return;
  const isOurs = approvalId !== undefined && (await isRequestedBy(parts, approvalId, actor.userId));
  const planHash = hashSubject(toPolicySubject(plan));
  if (!isOurs || !(await spendApproval(parts, approvalId, planHash, actor.userId))) {
    throw new Problem('approval_required');
  }
}

/** What somebody asked for is theirs to do: whoever else wants the same has to ask, too. */
async function isRequestedBy({ store }: ApprovalParts, approvalId: string, userId: string): Promise<boolean> {
  const row = await store
    .selectFrom('approvals')
    .select('requested_by_id')
    .where('approval_id', '=', approvalId)
    .where('kind', '=', 'policy')
    .executeTakeFirst();
  return row?.requested_by_id === userId;
}
