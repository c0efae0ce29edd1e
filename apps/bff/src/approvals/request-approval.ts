import { randomUUID } from 'node:crypto';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Actor } from '../guard/actor.ts';
import {
  type ApprovalParts,
  type ApprovalRequest,
  type CurrentApproval,
  createApprovalOnce,
  hashSubject,
} from './approval-store.ts';

/**
 * Asks a second person, and writes that down in the audit. What is asked for already and waits is not asked twice.
 *
 * @throws Error when it cannot be written.
 */
export async function requestApproval(
  parts: ApprovalParts & { readonly audit: AuditLog },
  actor: Actor,
  request: ApprovalRequest,
): Promise<CurrentApproval> {
  const approvalId = randomUUID();
  const { organisationId, reason, ticket } = request;
  const planHash = request.planHash ?? hashSubject(request.subject);
  const act = { act: 'requestApproval', approvalId, ...aboutOf({ ...request, planHash }) } as const;
  const why = { reason, ...(ticket !== null && { ticket }) };
  const announced = await parts.audit.announce(actor, { act, organisationId }, why);
  try {
    const { approval, isNew } = await createApprovalOnce(parts, { ...request, approvalId });
    await announced.end(isNew ? 'done' : 'unneeded');
    return approval;
  } catch (error) {
    await announced.end('notDone');
    throw error;
  }
}

/** What a request is about, as the audit names it. */
export function aboutOf({
  kind,
  subjectId,
  userId,
  planHash,
}: Pick<ApprovalRequest, 'kind' | 'subjectId' | 'userId'> & { readonly planHash: string }) {
  return { planHash, ...(userId !== null && { userId }), ...(kind === 'reset' && { resetId: subjectId }) };
}
