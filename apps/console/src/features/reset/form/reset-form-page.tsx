import type { ResetOptions } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { hasCode } from '../../../api/api-error.ts';
import { explainFailure } from '../../../i18n/explain-failure.ts';
import { isolate } from '../../../i18n/isolate.ts';
import { startRefusal } from '../../../i18n/start-refusal.ts';
import { paths } from '../../../paths.ts';
import { PageTitle } from '../../../ui/page-title.tsx';
import { PendingPage } from '../../../ui/pending-page.tsx';
import { Trouble } from '../../../ui/trouble.tsx';
import { Disputed } from '../../users/disputed.tsx';
import { resetOptionsQuery } from '../reset-queries.ts';
import { FormHelp } from './form-help.tsx';
import { ResetFormView } from './reset-form.tsx';
import { WhoThisIs } from './who-this-is.tsx';

/** The first screen of a case: all that it needs, on one page. Nothing is stored or done before 'Continue'. */
export default function ResetFormPage() {
  const { userId = '' } = useParams();
  const { data, error, refetch } = useQuery(resetOptionsQuery(userId));
  return (
    <>
      <p className="trail">
        <Link to={paths.users}>{t`Users`}</Link> ›{' '}
        <Link to={paths.user(userId)}>
          <bdi>{data?.user.name ?? t`User`}</bdi>
        </Link>
      </p>
      {data ? (
        <FirstScreen key={userId} options={data} />
      ) : error ? (
        <NoOptions error={error} onRetry={() => void refetch()} />
      ) : (
        <PendingPage />
      )}
    </>
  );
}

function FirstScreen({ options }: { readonly options: ResetOptions }) {
  const { user, start, openReset } = options;
  if (!start.allowed) {
    const { heading, todo } = startRefusal(start);
    return <Refused heading={heading}>{todo}</Refused>;
  }
  const name = isolate(user.name);
  if (openReset !== null) {
    const agent = isolate(openReset.agent.name);
    return (
      <Refused heading={t`There is an open reset of ${name}`}>
        {t`${agent} has it. Two at once would undo each other's work.`}{' '}
        <Link to={paths.reset(openReset.resetId)}>{t`Open the case`}</Link>
      </Refused>
    );
  }
  const title = t`Reset ${name}`;
  return (
    <>
      <div className="title-line">
        <PageTitle documentTitle={title}>{title}</PageTitle>
        <FormHelp />
      </div>
      <Disputed name={user.name} dispute={options.dispute} />
      <WhoThisIs user={user} />
      <ResetFormView options={options} />
    </>
  );
}

type RefusedProps = { readonly heading: string; readonly children: ReactNode };

function Refused({ heading, children }: RefusedProps) {
  return (
    <div className="plain-page">
      <PageTitle documentTitle={heading}>{heading}</PageTitle>
      <p>{children}</p>
    </div>
  );
}

/** The BFF may say so in its answer, or refuse the question: the words are the same. */
function NoOptions({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const because = hasCode(error, 'self_refused') ? 'self' : hasCode(error, 'rank_refused') ? 'rank' : null;
  if (because !== null) {
    const { heading, todo } = startRefusal({ allowed: false, because });
    return <Refused heading={heading}>{todo}</Refused>;
  }
  const title = t`Reset`;
  return (
    <>
      <PageTitle documentTitle={title}>{title}</PageTitle>
      <Trouble {...explainFailure(error, 'read')} onRetry={onRetry} />
    </>
  );
}
