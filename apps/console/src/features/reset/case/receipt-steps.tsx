import type { ResetStep } from '@latchkey/contract/reset';
import { plural, t } from '@lingui/core/macro';
import { formatNumber } from '../../../i18n/format.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { StateDot } from '../../../ui/state-dot.tsx';
import { deedWords } from '../words/deed-words.ts';
import { stepState } from '../words/state-words.ts';
import { StepNote } from './step-list.tsx';

type ReceiptStepsProps = { readonly id: string; readonly heading: string; readonly steps: readonly ResetStep[] };

/** Steps with their outcome, their time and the id of their record. */
export function ReceiptSteps({ id, heading, steps }: ReceiptStepsProps) {
  if (steps.length === 0) return null;
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      <ol className="rows receipt-rows">
        {steps.map((step) => (
          <li key={step.number}>
            <span>
              {deedWords(step.deed)}
              {step.count !== null && step.count > 0 && <span className="second-line">{countWords(step.count)}</span>}
              <StepNote step={step} />
            </span>
            <StateDot {...stepState(step.state, false)} />
            <span className="muted">{step.answeredAt !== null && <Moment iso={step.answeredAt} isExact />}</span>
            <span className="receipt-id muted">
              {step.actId !== null && (
                <>
                  <code>{step.actId}</code> <CopyButton value={step.actId} what={t`record id`} />
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function countWords(count: number): string {
  const sessions = formatNumber(count);
  return plural(count, { one: '1 session ended.', other: `${sessions} sessions ended.` });
}
