import { randomUUID } from 'node:crypto';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Actor } from '../guard/actor.ts';
import {
  type ApprovalParts,
  type ApprovalRequest,
  type CurrentApproval,
  createApprovalOnce,
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
  const { userId, organisationId, reason, ticket } = request;
  const act = { act: 'requestApproval', approvalId, ...(userId !== null && { userId }) } as const;
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
