import type { Reset } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { isolate } from '../../../i18n/isolate.ts';
import { Moment } from '../../../ui/moment.tsx';
import { PageTitle } from '../../../ui/page-title.tsx';
import { StateDot } from '../../../ui/state-dot.tsx';
import { resetState } from '../words/state-words.ts';
import { CaseActions } from './case-actions.tsx';
import { CaseFacts } from './case-facts.tsx';
import { CaseHelp } from './case-help.tsx';
import { CaseStanding } from './case-standing.tsx';
import { CaseTrouble } from './case-trouble.tsx';
import { StepList } from './step-list.tsx';
import { useCaseActs } from './use-case-acts.ts';

/** A case before its end: what will run, in order, how far it is, and what can be done with it. */
export function ResetPlan({ reset }: { readonly reset: Reset }) {
  const acts = useCaseActs(reset);
  const name = isolate(reset.user.name);
  const title = t`Reset of ${name}`;
  return (
    <>
      <div className="title-line">
        <PageTitle documentTitle={title}>{title}</PageTitle>
        <StateDot {...resetState(reset.state)} />
        <span className="muted">
          {t`Changed`} <Moment iso={reset.changedAt} />
        </span>
        <CaseHelp />
      </div>
      <CaseFacts reset={reset} />
      <section className="section" aria-labelledby="plan">
        <h2 id="plan">{t`The plan`}</h2>
        <StepList reset={reset} onSkip={acts.skip} />
      </section>
      <div className="case-foot">
        <CaseStanding reset={reset} />
        <CaseActions reset={reset} acts={acts} />
        {acts.failure && <CaseTrouble reset={reset} failure={acts.failure} />}
      </div>
    </>
  );
}
