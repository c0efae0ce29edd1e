import type { ReasonBody } from '@latchkey/contract/removal';
import type { Reset, ResetBody } from '@latchkey/contract/reset';
import type { Actor } from '../guard/actor.ts';
import { Problem } from '../http/problem.ts';
import { findOpenDispute } from '../notices/open-dispute.ts';
import { freeCallerCode } from '../service-account/caller-codes.ts';
import type { ResetRow } from '../store/reset-tables.ts';
import { readOrganisations } from '../zitadel/read/organisations.ts';
import { readUser } from '../zitadel/read/read-user.ts';
import { toProblem } from '../zitadel/to-problem.ts';
import { isOverBrake, readBrake } from './brake.ts';
import { findOpenCase, insertCase, newResetId } from './case/case-store.ts';
import { allowSteps, refuseCase } from './plan/allow-steps.ts';
import { checkChoice, checkTicket, refuseUnlock } from './plan/check-body.ts';
import { hashPlan } from './plan/hash-plan.ts';
import { needsApproval } from './plan/needs-approval.ts';
import { planSteps } from './plan/plan-steps.ts';
import { type PersonFacts, readFacts, verifiedAddressOf } from './plan/read-facts.ts';
import { verifyCaller } from './plan/verify-caller.ts';
import type { ResetParts } from './reset-parts.ts';
import { closeIfRefused } from './view/close-if-refused.ts';
import { viewCaseById } from './view/view-case.ts';

/**
 * Stores a case with its plan. Nothing of it is tried.
 *
 * @throws Problem `self_refused`, `rank_refused`, `not_permitted`, `precondition_failed` (a machine), `invalid_input`
 * naming what is not as it should be, `case_open` with the case that has to end first, `rate_limited` by the brake.
 */
export async function startReset(parts: ResetParts, actor: Actor, userId: string, body: ResetBody): Promise<Reset> {
  const { zitadel, store, config, audit } = parts;
  const facts = await readFacts(zitadel, actor, userId);
  refuseCase(facts.standing, facts.user);
  checkTicket(body, config.ticketPattern);
  checkChoice(body.choice, facts);
  if (await findOpenDispute(store, userId)) refuseUnlock(body.choice);
  await refuseSecondCase(parts, userId);
  await refuseByBrake(parts, actor);
  const resetId = newResetId();
  const { organisationId } = facts.user;
  const { caller, spend } = await verifyCaller(parts, actor, body, { userId, resetId });
  const steps = planSteps({
    choice: body.choice,
    factors: facts.factors,
    sessions: facts.sessions ?? [],
    state: facts.user.state,
    allowed: allowSteps(facts.standing, facts.user),
    address: verifiedAddressOf(facts.user),
    mail: parts.notices.sender !== null,
  });
  const planHash = hashPlan({ userId, caller: caller.how, keptLocked: body.choice.keepLocked, steps });
  const act = { act: 'startReset', userId, resetId, caller, planHash } as const;
  const announced = await audit.announce(actor, { act, organisationId }, toReason(body));
  try {
    const row = { ...(await toRow(parts, actor, facts, body)), reset_id: resetId, plan_hash: planHash };
    const stored = { ...row, caller: JSON.stringify(caller) };
    if (!(await insertCase(store, stored, steps, spend))) await refuseSecondCase(parts, userId, 'conflict');
    if (await isOverBrake(parts, stored)) await takeBack(parts, actor, resetId);
    await announced.end('done');
  } catch (error) {
    const problem = toProblem(error);
    await announced.end('refused', problem.code);
    throw problem;
  }
  return await viewCaseById(parts, actor, resetId);
}

/** @throws Problem `case_open`; with `otherwise`, that one when the case in the way has ended meanwhile. */
async function refuseSecondCase(parts: ResetParts, userId: string, otherwise?: 'conflict'): Promise<void> {
  const open = await findOpenCase(parts.store, userId);
  if (open && !(await closeIfRefused(parts, open))) throw new Problem('case_open', { resetId: open.reset_id });
  if (otherwise) throw new Problem(otherwise);
}

async function refuseByBrake(parts: ResetParts, { userId }: Actor): Promise<void> {
  const { left, endsAt } = await readBrake(parts, userId);
  if (left > 0) return;
  const wait = endsAt === null ? 1_000 : Date.parse(endsAt) - parts.clock();
  throw new Problem('rate_limited', { limit: 'resets/h', retryAfter: Math.max(1, Math.ceil(wait / 1000)) });
}

/** Of cases that were started at the same moment the last ones go again, before anybody has seen them. */
async function takeBack(parts: ResetParts, actor: Actor, resetId: string): Promise<never> {
  await parts.store.deleteFrom('reset_steps').where('reset_id', '=', resetId).execute();
  await parts.store.deleteFrom('resets').where('reset_id', '=', resetId).execute();
  await freeCallerCode(parts, resetId);
  await refuseByBrake(parts, actor);
  throw new Problem('rate_limited', { limit: 'resets/h', retryAfter: 1 });
}

async function toRow(
  { zitadel, clock }: ResetParts,
  actor: Actor,
  { user, standing }: PersonFacts,
  { reason, ticket, choice }: ResetBody,
): Promise<Omit<ResetRow, 'reset_id' | 'plan_hash' | 'caller'>> {
  const { userId, organisationId } = user;
  const [agent, organisationOf] = await Promise.all([
    readUser(zitadel, actor.caller, actor.userId),
    readOrganisations(zitadel, actor.caller, [organisationId]),
  ]);
  const now = clock();
  return {
    user_id: userId,
    open_user_id: userId,
    user_name: user.displayName,
    login_name: user.loginName,
    organisation_id: organisationId,
    organisation_name: organisationOf(organisationId).name,
    state: 'planned',
    user_state: user.state,
    agent_id: actor.userId,
    agent_name: agent.displayName,
    started_by_id: actor.userId,
    started_by_name: agent.displayName,
    choice: JSON.stringify(choice),
    reason,
    ticket: ticket ?? null,
    approval_because: needsApproval(standing),
    runner: null,
    runner_until: null,
    created_at: now,
    changed_at: now,
    finished_at: null,
    unlocked_at: null,
  };
}

const toReason = ({ reason, ticket }: ReasonBody): ReasonBody => ({ reason, ...(ticket !== undefined && { ticket }) });
