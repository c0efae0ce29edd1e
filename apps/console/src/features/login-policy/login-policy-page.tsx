import type { LoginPolicy } from '@latchkey/contract/login-policy';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { explainFailure } from '../../i18n/explain-failure.ts';
import { Moment } from '../../ui/moment.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { loginPolicyQuery } from './login-policy-queries.ts';
import { PolicyFacts } from './policy-facts.tsx';
import { PolicyHelp } from './policy-help.tsx';
import { PolicyReachCard } from './policy-reach-card.tsx';
import { SecondFactorsCard } from './second-factors-card.tsx';

/** The instance's login policy. */
export default function LoginPolicyPage() {
  const { data, error, refetch } = useQuery(loginPolicyQuery);
  const title = t`Login policy`;
  return (
    <>
      <div className="title-line">
        <PageTitle documentTitle={title}>{title}</PageTitle>
        {data && <ChangedAt policy={data} />}
        <PolicyHelp />
      </div>
      <p className="muted">
        {t`The policy of the instance. It holds for every organisation that has no login policy of its own.`}
      </p>
      {error ? (
        <Trouble {...explainFailure(error, 'read')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton rows={10} />
      ) : (
        <>
          <SecondFactorsCard policy={data} />
          <PolicyFacts policy={data} />
          <PolicyReachCard />
        </>
      )}
    </>
  );
}

function ChangedAt({ policy: { changedAt } }: { readonly policy: LoginPolicy }) {
  if (changedAt === null) return null;
  return (
    <span className="muted">
      {t`Changed`} <Moment iso={changedAt} />
    </span>
  );
}
