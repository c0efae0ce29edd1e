import type { Reset } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { explainFailure } from '../../../i18n/explain-failure.ts';
import { paths } from '../../../paths.ts';
import { PageTitle } from '../../../ui/page-title.tsx';
import { PendingPage } from '../../../ui/pending-page.tsx';
import { Trouble } from '../../../ui/trouble.tsx';
import { resetQuery } from '../reset-queries.ts';
import { Receipt } from './receipt.tsx';
import { ResetPlan } from './reset-plan.tsx';
import { useCaseNews } from './use-case-news.ts';

/** A case: its plan, its run, and at its end what came of it. */
export default function ResetPage() {
  const { resetId = '' } = useParams();
  const { data, error, refetch } = useQuery(resetQuery(resetId));
  return (
    <>
      <p className="trail">
        <Link to={paths.resets}>{t`Resets`}</Link>
      </p>
      {data ? (
        <Case key={resetId} reset={data} />
      ) : error ? (
        <>
          <PageTitle documentTitle={t`Reset`}>{t`Reset`}</PageTitle>
          <Trouble {...explainFailure(error, 'read')} onRetry={() => void refetch()} />
        </>
      ) : (
        <PendingPage />
      )}
      {data && error && <Trouble {...explainFailure(error, 'read')} onRetry={() => void refetch()} />}
    </>
  );
}

function Case({ reset }: { readonly reset: Reset }) {
  useCaseNews(reset);
  return (
    <>
      {reset.disputed !== null && <Disputed reset={reset} disputed={reset.disputed} />}
      {reset.state === 'done' ? <Receipt reset={reset} /> : <ResetPlan reset={reset} />}
    </>
  );
}

type DisputedProps = { readonly reset: Reset; readonly disputed: NonNullable<Reset['disputed']> };

/** The person says that it was not them. */
function Disputed({ reset, disputed }: DisputedProps) {
  return (
    <div className="disputed" role="alert">
      <p>
        <strong>{t`The person pressed “this was not me”.`}</strong>{' '}
        {disputed.locked
          ? t`Their account is locked. Whoever called you may have been an attacker: find out before anybody unlocks it.`
          : t`Their account could not be locked: lock it now. Whoever called you may have been an attacker.`}
      </p>
      <p>
        <Link to={paths.user(reset.user.userId)}>{t`Open the person`}</Link>
      </p>
    </div>
  );
}
