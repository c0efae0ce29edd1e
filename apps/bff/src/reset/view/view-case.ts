import type { Reset, ResetActions, ResetNotice, ResetState, ResetStep } from '@latchkey/contract/reset';
import type { CurrentApproval } from '../../approvals/approval-store.ts';
import { countApprovers } from '../../approvals/count-approvers.ts';
import type { Actor } from '../../guard/actor.ts';
import { readStanding } from '../../guard/standing.ts';
import { Problem } from '../../http/problem.ts';
import { readDispute, readNotice } from '../../notices/tell-user.ts';
import type { ResetRow } from '../../store/reset-tables.ts';
import { readUser } from '../../zitadel/read/read-user.ts';
import { isSkippable } from '../acts/skip-step.ts';
import { approvalStateOf, isCleared, isLeftLocked, isOver, isTooOld, stateOf } from '../case/case-state.ts';
import { type Case, callerOf, choiceOf, findCase, toTime } from '../case/case-store.ts';
import { allowStart } from '../plan/allow-steps.ts';
import type { ResetParts } from '../reset-parts.ts';
import { closeIfRefused, findCaseApproval } from './close-if-refused.ts';
import { tokenEndsOf, toSummary } from './to-reset.ts';

/** A case as the viewer may see it. @throws Problem `not_found`, for one that is not theirs to see, too. */
export async function viewCaseById(parts: ResetParts, viewer: Actor, resetId: string): Promise<Reset> {
  const found = await findCase(parts.store, resetId);
  if (!found) throw new Problem('not_found');
  if (!isOwn(found.row, viewer)) await refuseUnseen(parts, viewer, found.row);
  return await viewCase(parts, viewer, found);
}

/** The same for a case that the viewer is known to be entitled to. @throws Problem */
export async function viewCase(parts: ResetParts, viewer: Actor, { row: kept, steps }: Case): Promise<Reset> {
  const { store, clock, config, notices } = parts;
  const { reset_id: resetId } = kept;
  const approval = await findCaseApproval(parts, kept);
  const refused = await closeIfRefused(parts, kept, approval);
  const row: ResetRow = refused ? { ...kept, state: 'refused', finished_at: approval?.decided_at ?? null } : kept;
  const [notice, disputes] = await Promise.all([readNotice(notices, resetId), readDispute({ store }, [resetId])]);
  const now = clock();
  const state = stateOf(row, approval, now);
  const { keepLocked } = choiceOf(row);
  return {
    ...toSummary(row, steps, state, disputes.get(resetId) ?? null),
    caller: callerOf(row),
    steps: steps.map((step) => ({ ...withNotice(step, notice), skippable: isSkippable(row, step) })),
    planHash: row.plan_hash,
    approval: await toApproval(parts, viewer, row, approval),
    notice,
    keptLocked: keepLocked,
    leftLocked: isLeftLocked(steps),
    tooOld: isTooOld(row, approval, now),
    ...tokenEndsOf(row, steps, config.sessions, now),
    actions: await actionsFor(parts, viewer, row, state, approval),
  };
}

/** Who started a case or runs it sees it, whatever became of their role. */
export function isOwn({ agent_id, started_by_id }: ResetRow, { userId }: Pick<Actor, 'userId'>): boolean {
  return agent_id === userId || started_by_id === userId;
}

async function refuseUnseen({ zitadel }: ResetParts, { caller }: Actor, { user_id: userId }: ResetRow): Promise<void> {
  try {
    await readUser(zitadel, caller, userId);
  } catch (error) {
    const isHidden = error instanceof Problem && (error.code === 'not_permitted' || error.code === 'not_found');
    throw isHidden ? new Problem('not_found', {}, { cause: error }) : error;
  }
}

/** A mail that waited goes out later, and then the step shows it. */
function withNotice(step: ResetStep, notice: ResetNotice | null): ResetStep {
  if (step.deed.step !== 'tellUser' || step.state !== 'waiting' || !notice) return step;
  if (notice.state === 'sent') return { ...step, state: 'done' };
  return notice.state === 'failed' ? { ...step, state: 'notDone' } : step;
}

async function toApproval(
  { zitadel }: ResetParts,
  viewer: Actor,
  row: ResetRow,
  approval: CurrentApproval | undefined,
): Promise<Reset['approval']> {
  const because = row.approval_because;
  if (because === null) return null;
  const state = approvalStateOf(row, approval);
  const isPending = row.open_user_id !== null && !isCleared(row, approval);
  const place = { userId: row.user_id, organisationId: row.organisation_id };
  const known = state === 'needed' ? undefined : approval;
  return {
    approvalId: known?.approval_id ?? null,
    state,
    because,
    // Only whoever waits for them has to know how many there are.
    approvers:
      isPending && viewer.userId === row.agent_id
        ? await countApprovers(zitadel, viewer, place, row.started_by_id)
        : null,
    expiresAt: toTime(known?.expires_at ?? null),
    decidedBy: known?.decided_by_id ? { userId: known.decided_by_id, name: known.decided_by_name ?? '' } : null,
    decidedAt: toTime(known?.decided_at ?? null),
    decisionReason: known?.decision_reason ?? null,
  };
}

async function actionsFor(
  parts: ResetParts,
  viewer: Actor,
  row: ResetRow,
  state: ResetState,
  approval: CurrentApproval | undefined,
): Promise<ResetActions> {
  const none = { run: false, skip: false, cancel: false, takeOver: false, requestApproval: false };
  if (isOver(state) || state === 'running') return none;
  if (viewer.userId !== row.agent_id) return { ...none, takeOver: await mayTakeOver(parts, viewer, row) };
  if (isTooOld(row, approval, parts.clock())) return { ...none, cancel: true };
  const cleared = isCleared(row, approval);
  const asked = approvalStateOf(row, approval) === 'waiting';
  return {
    run: cleared,
    skip: state === 'stopped' || state === 'interrupted',
    cancel: true,
    takeOver: false,
    requestApproval: !cleared && !asked,
  };
}

async function mayTakeOver({ zitadel }: ResetParts, viewer: Actor, row: ResetRow): Promise<boolean> {
  try {
    const user = await readUser(zitadel, viewer.caller, row.user_id);
    return allowStart(await readStanding(zitadel, viewer, user), user).allowed;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
