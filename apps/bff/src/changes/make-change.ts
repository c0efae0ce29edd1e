import type { ReasonBody } from '@latchkey/contract/removal';
import type { AuditLog } from '../audit/audit-log.ts';
import type { PlacedAct } from '../audit/audit-row.ts';
import type { Actor, NamedActor } from '../guard/actor.ts';
import { Problem } from '../http/problem.ts';
import type { Need } from '../zitadel/permission.ts';
import { readUntil } from '../zitadel/read/read-until.ts';
import { mayHaveHappened, toProblem } from '../zitadel/to-problem.ts';
import { type ChangeAnswer, type ChangeOutcome, judgeChange, type ReadBack } from './judge-change.ts';

/** In whose name, and why, a change is made, and where that is written down. */
export interface ChangeContext {
  readonly audit: AuditLog;
  readonly actor: NamedActor;
  readonly why: ReasonBody;
  /**
   * Told the name of the audit record once the intent is written and before ZITADEL is asked: a case writes down that its
   * step is being tried. What it throws ends the change before it is made.
   */
  readonly onAnnounced?: ((actId: string) => Promise<void>) | undefined;
}

/** A change in the name of a person who is signed in. */
export interface PersonalContext extends ChangeContext {
  readonly actor: Actor;
}

/** One change in ZITADEL: what it is, how it is made, and how one sees that it was. */
export interface Change<State> {
  readonly act: PlacedAct;
  /** Asks ZITADEL, once. */
  readonly make: () => Promise<void>;
  /** Whether an error of `make` says that it is so already. */
  readonly isUnneeded: (error: unknown) => boolean;
  /** Whether ZITADEL confirms it even where it is so already. */
  readonly confirmsAnyway?: boolean;
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
 * Writes down the intent, makes the change, finds out what became of it, by reading back where the answer does not say,
 * and writes that down.
 *
 * @throws Problem when ZITADEL refused it: nothing was changed.
 */
export async function makeChange<State>(context: ChangeContext, change: Change<State>): Promise<MadeChange> {
  const announced = await context.audit.announce(context.actor, change.act, context.why);
  try {
    await context.onAnnounced?.(announced.actId);
    const { answer, cause } = await ask(change);
    if (answer === 'confirmed') {
      // Reading back would not change the outcome, it only waits for the read side: the writing need not wait for it.
      await Promise.all([announced.end('done'), readBack(change)]);
      return { outcome: 'done', cause };
    }
    const outcome = judgeChange(answer, change.isDone(change.before), await readBack(change));
    await announced.end(outcome);
    return { outcome, cause };
  } catch (error) {
    const problem = toProblem(error);
    await announced.end('refused', problem.code);
    throw problem;
  }
}

async function ask<State>(change: Change<State>): Promise<{ answer: ChangeAnswer; cause?: unknown }> {
  try {
    await change.make();
    return { answer: change.confirmsAnyway && change.isDone(change.before) ? 'unneeded' : 'confirmed' };
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
