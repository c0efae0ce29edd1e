import type { Reset, ResetStep } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { explainProblem } from '../../../i18n/explain-problem.ts';
import { Button } from '../../../ui/button.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { StateDot } from '../../../ui/state-dot.tsx';
import { deedWords } from '../words/deed-words.ts';
import { hasFailed, isSettled, skipWords, stepState } from '../words/state-words.ts';

type StepListProps = { readonly reset: Reset; readonly onSkip: (step: ResetStep) => void };

/** The steps in their order, each with how it stands. The columns keep their width while the states change. */
export function StepList({ reset, onSkip }: StepListProps) {
  const { steps, state, actions } = reset;
  return (
    <ol className="rows step-rows" aria-busy={state === 'running'}>
      {steps.map((step) => (
        <li key={step.number}>
          <span className="numeric muted">{step.number}</span>
          <span>
            {deedWords(step.deed)}
            <StepNote step={step} />
            {hasFailed(step) && actions.skip && step.skippable === false && (
              <span className="second-line">{t`This step cannot be skipped: cancel the case and start anew without it.`}</span>
            )}
          </span>
          <StateDot {...stepState(step.state, state === 'running')} />
          <span className="step-time">
            {hasFailed(step) && actions.skip && step.skippable !== false ? (
              <Button onClick={() => onSkip(step)}>{t`Skip this step`}</Button>
            ) : (
              step.answeredAt !== null && <Moment iso={step.answeredAt} />
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** A lock that somebody else set since the plan was made: the one step that can change under a case. */
const lockedByOther = () => ({
  happened: t`Somebody else has locked the account since the plan was made.`,
  todo: t`Run it again, and the case takes their lock over and unlocks at its end. Skip it, and the lock stays theirs.`,
});

/** Why a step was left out, or what went wrong with it. */
export function StepNote({ step }: { readonly step: ResetStep }) {
  const skipped = skipWords(step);
  if (skipped !== null) return <span className="second-line">{skipped}</span>;
  if (step.problem === null || isSettled(step)) return null;
  const { happened, todo } =
    step.problem === 'case_changed'
      ? lockedByOther()
      : explainProblem({
          code: step.problem,
          ...(step.permission !== null && { permission: step.permission }),
          ...(step.role !== null && { role: step.role }),
        });
  return (
    <span className="second-line step-problem">
      {happened} {todo}
    </span>
  );
}
