/**
 * How ZITADEL answered a change: `confirmed`, `unneeded` (404 for a removal, 409 for an addition: it is so already), or
 * `unanswered` (it may or may not have been executed).
 */
export type ChangeAnswer = 'confirmed' | 'unneeded' | 'unanswered';

/** What reading back showed, after waiting for ZITADEL's read side. */
export type ReadBack = 'done' | 'notDone' | 'unreadable';

/** What became of a change. `unneeded`: it was so before, which counts as done. */
export type ChangeOutcome = 'done' | 'unneeded' | 'notDone' | 'unknown';

/**
 * What became of a change, from the answer and from reading back (security.md 5.13). A change is never repeated to find
 * out: the 404 of a second removal would say nothing about the first.
 *
 * @param wasDone whether it was so before.
 */
export function judgeChange(answer: ChangeAnswer, wasDone: boolean, after: ReadBack): ChangeOutcome {
  // What ZITADEL confirmed is done, even while its read side still shows the former state.
  if (answer === 'confirmed') return 'done';
  if (after === 'unreadable') return 'unknown';
  if (after === 'notDone') return 'notDone';
  return answer === 'unneeded' || wasDone ? 'unneeded' : 'done';
}
