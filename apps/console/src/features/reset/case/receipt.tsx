import type { Reset } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { Link } from 'react-router';
import { isolate } from '../../../i18n/isolate.ts';
import { paths } from '../../../paths.ts';
import { Button } from '../../../ui/button.tsx';
import { PageTitle } from '../../../ui/page-title.tsx';
import { isSettled } from '../words/state-words.ts';
import { CaseHelp } from './case-help.tsx';
import { leftAliveWords } from './left-alive-words.ts';
import { NextSignIn } from './next-sign-in.tsx';
import { noticeWords } from './notice-words.ts';
import { ReceiptFacts } from './receipt-facts.tsx';
import { ReceiptSteps } from './receipt-steps.tsx';

/** The end of a case: what was done, what was not, what lives on, what comes next. Made to be printed. */
export function Receipt({ reset }: { readonly reset: Reset }) {
  const name = isolate(reset.user.name);
  const done = reset.steps.filter((step) => isSettled(step) && step.state !== 'skipped');
  const notDone = reset.steps.filter((step) => !done.includes(step));
  return (
    <article className="receipt">
      <div className="title-line">
        <PageTitle documentTitle={`${t`Receipt`} · ${name}`}>{t`Receipt`}</PageTitle>
        <span className="muted">{t`Reset of ${name}`}</span>
        <CaseHelp />
        <span className="title-id">
          <Button onClick={() => print()}>{t`Print`}</Button>
        </span>
      </div>
      <ReceiptFacts reset={reset} />
      <ReceiptSteps id="done" heading={t`Done`} steps={done} />
      <ReceiptSteps id="not-done" heading={t`Not done`} steps={notDone} />
      <section className="section" aria-labelledby="told">
        <h2 id="told">{t`What the person was told`}</h2>
        <p>{noticeWords(reset)}</p>
      </section>
      <section className="section" aria-labelledby="left-alive">
        <h2 id="left-alive">{t`What lives on`}</h2>
        <p>{leftAliveWords(reset)}</p>
      </section>
      <NextSignIn reset={reset} />
      <p className="section-note no-print">
        <Link to={paths.user(reset.user.userId)}>{t`Open the person`}</Link>
      </p>
    </article>
  );
}
