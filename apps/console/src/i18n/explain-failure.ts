import { t } from '@lingui/core/macro';
import { type ApiFailure, toFailure } from '../api/api-error.ts';
import { explainProblem } from './explain-problem.ts';

/** What was being tried: a failed reading lost nothing, a failed change has to say what was not done. */
export type Attempt = 'read' | 'change';

/** Trouble in words: what happened, what was not done, what to do, and what to quote. */
export type Explanation = {
  readonly happened: string;
  readonly notDone: string | null;
  readonly todo: string;
  readonly requestId: string | null;
};

/** Explains whatever was thrown by a call to the BFF. */
export function explainFailure(error: unknown, attempt: Attempt): Explanation {
  const failure = toFailure(error);
  const notDone = attempt === 'change' ? outcomeWords(failure) : null;
  switch (failure.kind) {
    case 'problem':
      return { ...explainProblem(failure.problem), notDone, requestId: failure.problem.requestId };
    case 'unreachable':
      return {
        happened: t`Latchkey could not be reached.`,
        notDone,
        todo: t`Check your connection, then try again.`,
        requestId: null,
      };
    case 'timeout':
      return { happened: t`The answer took too long.`, notDone, todo: t`Try again in a moment.`, requestId: null };
    case 'unreadable':
      return {
        happened: t`The answer was not one that Latchkey understands.`,
        notDone,
        todo: t`Try again. If it stays, something between you and Latchkey changes its answers.`,
        requestId: failure.requestId,
      };
  }
}

/** Whether a change may have been made although it failed: without an answer nobody here can know. */
export function mayHaveBeenDone(failure: ApiFailure): boolean {
  if (failure.kind !== 'problem') return true;
  const { code } = failure.problem;
  return code === 'outcome_unknown' || code === 'upstream_timeout';
}

function outcomeWords(failure: ApiFailure): string {
  return mayHaveBeenDone(failure)
    ? t`It may have been done or not. Reload to see how it stands.`
    : t`Nothing was changed.`;
}
