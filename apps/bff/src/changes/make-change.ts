import { Problem } from '../http/problem.ts';
import type { Need } from '../zitadel/permission.ts';
import { readUntil } from '../zitadel/read/read-until.ts';
import { mayHaveHappened, toProblem } from '../zitadel/to-problem.ts';
import { type ChangeAnswer, type ChangeOutcome, judgeChange, type ReadBack } from './judge-change.ts';

/** One change in ZITADEL: how it is made, and how one sees that it was. */
export interface Change<State> {
  /** Asks ZITADEL, once. */
  readonly make: () => Promise<void>;
  /** Whether an error of `make` says that it is so already. */
  readonly isUnneeded: (error: unknown) => boolean;
  readonly read: () => Promise<State>;
  readonly isDone: (state: State) => boolean;
  /** What was read before. */
  readonly before: State;
  readonly need: Need;
}

/** A change and its cause, where ZITADEL did not simply confirm it. */
export interface MadeChange {
  readonly outcome: ChangeOutcome;
  readonly cause: unknown;
}

/**
 * Makes a change and finds out what became of it, by reading back where the answer does not say.
 *
 * @throws Problem when ZITADEL refused it: nothing was changed.
 */
export async function makeChange<State>(change: Change<State>): Promise<MadeChange> {
  const { answer, cause } = await ask(change);
  const after = await readBack(change);
  return { outcome: judgeChange(answer, change.isDone(change.before), after), cause };
}

async function ask<State>(change: Change<State>): Promise<{ answer: ChangeAnswer; cause?: unknown }> {
  try {
    await change.make();
    return { answer: 'confirmed' };
  } catch (cause) {
    if (change.isUnneeded(cause)) return { answer: 'unneeded', cause };
    if (mayHaveHappened(cause)) return { answer: 'unanswered', cause };
    throw toProblem(cause, change.need);
  }
}

async function readBack<State>({ read, isDone }: Change<State>): Promise<ReadBack> {
  try {
    return isDone(await readUntil(read, isDone)) ? 'done' : 'notDone';
  } catch {
    return 'unreadable';
  }
}

/**
 * The word for the page, or the problem it gets instead.
 *
 * @param words what `done` and `unneeded` are called for this change.
 * @throws Problem `outcome_unknown`; for a change that was not made `notDone`, or else what befell the call.
 */
export function answerFor<Done extends string, Unneeded extends string>(
  { outcome, cause }: MadeChange,
  words: { readonly done: Done; readonly unneeded: Unneeded; readonly notDone?: Problem['code'] },
): Done | Unneeded {
  switch (outcome) {
    case 'done':
      return words.done;
    case 'unneeded':
      return words.unneeded;
    case 'notDone':
      throw words.notDone ? new Problem(words.notDone, {}, { cause }) : toProblem(cause);
    case 'unknown':
      throw new Problem('outcome_unknown', {}, { cause });
  }
}
