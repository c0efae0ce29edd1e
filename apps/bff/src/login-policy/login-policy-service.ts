import type { LoginPolicy, SecondFactorType } from '@latchkey/contract/login-policy';
import type { PolicyChange, PolicyReasonBody } from '@latchkey/contract/removal';
import type { ApprovalParts } from '../approvals/approval-store.ts';
import { takePolicyApproval } from '../approvals/policy-approval.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { didActHappen } from '../changes/did-act-happen.ts';
import { createFollower } from '../changes/follow-change.ts';
import { answerFor, makeChange } from '../changes/make-change.ts';
import type { Actor } from '../guard/actor.ts';
import { Problem } from '../http/problem.ts';
import { createTurn } from '../store/take-turn.ts';
import type { AsCaller } from '../zitadel/caller.ts';
import type { Zitadel } from '../zitadel/client.ts';
import { needFor } from '../zitadel/permission.ts';
import { listSecondFactorTypes, readLoginPolicy } from '../zitadel/read/read-login-policy.ts';
import { readOwnPermissions } from '../zitadel/read/read-roles.ts';
import { addSecondFactorType, removeSecondFactorType } from '../zitadel/second-factor-change.ts';
import { isAlreadyThere, isNotFound, toProblem } from '../zitadel/to-problem.ts';
import { confirmLockOut } from './lock-out.ts';

export interface LoginPolicyOptions extends ApprovalParts {
  readonly zitadel: Zitadel;
  readonly audit: AuditLog;
  /** Whether a second person has to approve each change. */
  readonly policyApproval: boolean;
}

/** The instance's login policy, and whether the actor may change its second factors. @throws Problem */
export async function getLoginPolicy(options: LoginPolicyOptions, actor: Actor): Promise<LoginPolicy> {
  const { zitadel, audit, policyApproval } = options;
  try {
    const [policy, permissions] = await Promise.all([
      readLoginPolicy(zitadel, actor.caller),
      readOwnPermissions(zitadel, actor.caller),
    ]);
    if (!policy) throw new Problem('upstream_error');
    await audit.resolve(actor, 'instance', (act) => didActHappen(zitadel, actor.caller, act));
    const { permission, role } = needFor('iam.policy.write');
    const changeSecondFactors = permissions.has(permission)
      ? ({ allowed: true } as const)
      : ({ allowed: false, because: 'permission', permission, role } as const);
    return { ...policy, approvalRequired: policyApproval, actions: { changeSecondFactors } };
  } catch (error) {
    throw toProblem(error, needFor('iam.policy.read'));
  }
}

/**
 * Takes a second factor type out of the policy and finds out what became of it.
 *
 * @throws Problem `conflict` while another one is under way, `confirmation_required` where it would lock everybody out, `approval_required` where a second person
 * has to approve it, `not_removed`, `outcome_unknown`, or what ZITADEL refused it with.
 */
export async function removeSecondFactor(
  options: LoginPolicyOptions,
  actor: Actor,
  type: SecondFactorType,
  why: PolicyReasonBody,
): Promise<PolicyChange> {
  const { zitadel, audit, store, clock } = options;
  const { caller } = actor;
  // Two at once would each see the other's type as the one that stays.
  const turn = createTurn(store, clock, 'login policy');
  if (!(await turn.take())) throw new Problem('conflict');
  const follower = createFollower();
  try {
    const locksEverybodyOut = await confirmLockOut(zitadel, caller, type, why);
    const before = await readTypes(zitadel, caller);
    await takePolicyApproval(options, actor, { act: 'removeSecondFactor', type, locksEverybodyOut }, why);
    const removal = follower.follow({
      act: { act: { act: 'removeSecondFactor', type }, organisationId: null },
      make: () => removeSecondFactorType(zitadel, caller, type),
      isUnneeded: isNotFound,
      read: () => listSecondFactorTypes(zitadel, caller),
      isDone: (types) => !types.includes(type),
      before,
      need: needFor('iam.policy.write'),
    });
    const change = await makeChange({ audit, actor, why }, removal);
    const outcome = answerFor(change, { done: 'removed', unneeded: 'alreadyGone', notDone: 'not_removed' });
    return { outcome, type, at: new Date().toISOString() };
  } finally {
    // What may be executed yet, or is not seen yet, keeps the turn until that runs out.
    if (follower.isOver()) await turn.end();
  }
}

/** Allows a second factor type in the policy. Throws the same; what was not added is told by what befell the call. */
export async function addSecondFactor(
  options: LoginPolicyOptions,
  actor: Actor,
  type: SecondFactorType,
  why: PolicyReasonBody,
): Promise<PolicyChange> {
  const { zitadel, audit } = options;
  const { caller } = actor;
  const before = await readTypes(zitadel, caller);
  await takePolicyApproval(options, actor, { act: 'addSecondFactor', type, locksEverybodyOut: false }, why);
  const change = await makeChange(
    { audit, actor, why },
    {
      act: { act: { act: 'addSecondFactor', type }, organisationId: null },
      make: () => addSecondFactorType(zitadel, caller, type),
      isUnneeded: isAlreadyThere,
      read: () => listSecondFactorTypes(zitadel, caller),
      isDone: (types) => types.includes(type),
      before,
      need: needFor('iam.policy.write'),
    },
  );
  const outcome = answerFor(change, { done: 'added', unneeded: 'alreadyThere' });
  return { outcome, type, at: new Date().toISOString() };
}

async function readTypes(zitadel: Zitadel, caller: AsCaller): Promise<SecondFactorType[]> {
  try {
    return await listSecondFactorTypes(zitadel, caller);
  } catch (error) {
    throw toProblem(error, needFor('iam.policy.read'));
  }
}
