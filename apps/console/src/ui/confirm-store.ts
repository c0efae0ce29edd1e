import { type ReactNode, useSyncExternalStore } from 'react';

/** One line of who and what: a term and its value. */
export type Fact = { readonly term: string; readonly value: string };

/** Why an act is done: the reason, and the ticket it belongs to, if any. */
export type Why = { readonly reason: string; readonly ticket?: string };

/** An act that needs a person's word. All texts are ready to show; `act` does it and rejects when it was not done. */
export type Confirmation = {
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly follows: string;
  /** What the act leaves as it is, where one could think otherwise. */
  readonly leaves: string | null;
  readonly verb: string;
  readonly tone: 'danger' | 'plain';
  /** What the person has to say: why, with a ticket if there is one; the reason alone; nothing but yes. */
  readonly asks?: 'why' | 'reason' | 'nothing';
  readonly act: (why: Why) => Promise<unknown>;
  /** A failure that this act has a way on from, in place of the usual words; null for all others. */
  readonly explain?: (error: unknown, why: Why) => ReactNode | null;
  /** What helps to decide, and may still be on its way while the question is open. */
  readonly evidence?: ReactNode;
  /** Words that have to be typed as well, where the act can do harm that nothing undoes for everybody at once. */
  readonly typed?: string;
  /** What stands in the fields already, when the question is asked again. */
  readonly why?: Why;
  /** What to remember, as JSON, when the person has to leave the page before the act: enough to ask again. */
  readonly intent: object;
  /** What a fresh sign-in for this act is good for, in the contract's words; null where it has none. */
  readonly scope: string | null;
};

export type ConfirmationResult = 'done' | 'cancelled';

/** A confirmation that waits for its answer. */
export type OpenConfirmation = Confirmation & { readonly settle: (result: ConfirmationResult) => void };

let open: OpenConfirmation | null = null;
const listeners = new Set<() => void>();

/**
 * Asks in the one dialog, and does the act there: resolves `done` when it was done and `cancelled` when the person went
 * back. Failures are shown in the dialog, by nobody else. A second question while one is open counts as cancelled.
 */
export function confirmAct(confirmation: Confirmation): Promise<ConfirmationResult> {
  if (open !== null) return Promise.resolve('cancelled');
  return new Promise((resolve) => {
    const settle = (result: ConfirmationResult) => {
      show(null);
      resolve(result);
    };
    show({ ...confirmation, settle });
  });
}

/** Takes an open question away, as when the session behind it ended. */
export function cancelConfirmation(): void {
  open?.settle('cancelled');
}

/** The question that is open now, for the dialog. */
export function useOpenConfirmation(): OpenConfirmation | null {
  return useSyncExternalStore(subscribe, () => open);
}

function show(next: OpenConfirmation | null): void {
  open = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
