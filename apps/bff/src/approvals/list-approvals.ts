import type { ApprovalList } from '@latchkey/contract/approval';
import type { Actor } from '../guard/actor.ts';
import { inParallel } from '../zitadel/read/in-parallel.ts';
import { readNames } from '../zitadel/read/read-names.ts';
import { readOwnPermissions } from '../zitadel/read/read-roles.ts';
import { toProblem } from '../zitadel/to-problem.ts';
import { type ApprovalParts, type CurrentApproval, toCurrent } from './approval-store.ts';
import { createJudge, type JudgeOptions } from './judge-decider.ts';
import { peopleIn, toApproval } from './to-approval.ts';

/** How long what is over is shown, in milliseconds. */
const shownTime = 7 * 24 * 3_600_000;
/** More than this many in a week are not shown; the newest are. */
const mostShown = 200;

/**
 * What waits for a second person and what was decided lately, newest first: one's own requests and what one may decide;
 * to holders of `events.read` all of it, as in the activity (product.md, rule 7).
 *
 * @throws Problem
 */
export async function listApprovals(options: JudgeOptions & ApprovalParts, actor: Actor): Promise<ApprovalList> {
  const { zitadel } = options;
  try {
    const rows = await findRecent(options);
    const readsAll = (await readOwnPermissions(zitadel, actor.caller)).has('events.read');
    const judge = createJudge(options, actor);
    const judged = await inParallel(rows, 3, async (row) => {
      const isOver = row.state !== 'waiting';
      const isMine = row.requested_by_id === actor.userId || row.decided_by_id === actor.userId;
      // What is over and is shown anyway need not be judged.
      const entitlement = isOver && (readsAll || isMine) ? overAndShown : await judge(row);
      const isOwn = !entitlement.allowed && entitlement.because === 'own';
      return { row, entitlement, visible: readsAll || isMine || isOwn || entitlement.allowed };
    });
    const visible = judged.filter((entry) => entry.visible);
    const people = visible.flatMap(({ row }) => peopleIn(row));
    const names = await readNames(zitadel, actor.caller, people);
    const approvals = visible.map(({ row, entitlement }) => toApproval(row, entitlement, names));
    return { approvals, waitingForViewer: approvals.filter(({ decide }) => decide.allowed).length };
  } catch (error) {
    throw toProblem(error);
  }
}

const overAndShown = { allowed: false, because: 'decided' } as const;

async function findRecent({ store, clock }: ApprovalParts): Promise<CurrentApproval[]> {
  const now = clock();
  const rows = await store
    .selectFrom('approvals')
    .selectAll()
    .where('expires_at', '>', now - shownTime)
    .orderBy('requested_at', 'desc')
    .limit(mostShown)
    .execute();
  return rows.map((row) => toCurrent(row, now));
}
