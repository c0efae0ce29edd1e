import type { Approval, ApprovalBody } from '@latchkey/contract/approval';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Actor } from '../guard/actor.ts';
import { Problem } from '../http/problem.ts';
import { confirmLockOut } from '../login-policy/lock-out.ts';
import { needFor } from '../zitadel/permission.ts';
import { readOwnPermissions } from '../zitadel/read/read-roles.ts';
import { readUser } from '../zitadel/read/read-user.ts';
import { toProblem } from '../zitadel/to-problem.ts';
import { type ApprovalParts, type ApprovalRequest, findApproval, hashSubject } from './approval-store.ts';
import type { JudgeOptions } from './judge-decider.ts';
import { toPolicySubject } from './policy-approval.ts';
import { liftSubjectId, type RemovalLimits } from './removal-limits.ts';
import { requestApproval } from './request-approval.ts';
import { toApproval } from './to-approval.ts';

export interface AskOptions extends JudgeOptions, ApprovalParts {
  readonly audit: AuditLog;
  readonly removalLimits: RemovalLimits;
}

/**
 * Asks a second person for a change of the login policy, or to lift a limit of the actor's. What the actor has asked for
 * and still waits is not asked twice.
 *
 * @throws Problem `not_permitted` for a policy the actor could not change anyway, `confirmation_required` for a lock-out
 * without its word, `precondition_failed` for a limit that is not reached.
 */
export async function askApproval(options: AskOptions, actor: Actor, body: ApprovalBody): Promise<Approval> {
  const request = await toRequest(options, actor, body);
  const open = await findApproval(options, request.kind, request.subjectId);
  const isOpen = open?.state === 'waiting' && open.requested_by_id === actor.userId;
  const isSame = open?.plan_hash === hashSubject(request.subject);
  const row = isOpen && isSame ? open : await requestApproval(options, actor, request);
  const names = new Map([[actor.userId, request.requestedBy.name]]);
  return toApproval(row, { allowed: false, because: 'own' }, names);
}

async function toRequest(options: AskOptions, actor: Actor, body: ApprovalBody): Promise<ApprovalRequest> {
  const { displayName } = await readUser(options.zitadel, actor.caller, actor.userId);
  const common = {
    userId: null,
    organisationId: null,
    requestedBy: { userId: actor.userId, name: displayName },
    reason: body.reason,
    ticket: body.ticket ?? null,
  };
  switch (body.kind) {
    case 'policy': {
      await refuseWithoutPolicyWrite(options, actor);
      const { act, type } = body;
      const locksEverybodyOut =
        act === 'removeSecondFactor' && (await confirmLockOut(options.zitadel, actor.caller, type, body));
      const subject = toPolicySubject({ act, type, locksEverybodyOut });
      return { ...common, kind: 'policy', subjectId: `${act} ${type} ${actor.userId}`, subject };
    }
    case 'limit': {
      const { limit } = body;
      if (!(await options.removalLimits.isReached(actor.userId, limit))) throw new Problem('precondition_failed');
      return {
        ...common,
        kind: 'limit',
        subjectId: liftSubjectId(limit, actor.userId),
        subject: { kind: 'limit', limit },
      };
    }
  }
}

async function refuseWithoutPolicyWrite({ zitadel }: JudgeOptions, actor: Actor): Promise<void> {
  const need = needFor('iam.policy.write');
  const permissions = await readOwnPermissions(zitadel, actor.caller).catch((error: unknown) => {
    throw toProblem(error);
  });
  if (!permissions.has(need.permission)) throw new Problem('not_permitted', { ...need });
}
