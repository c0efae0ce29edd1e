import type { PolicyReach } from '@latchkey/contract/policy-reach';
import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { explainFailure } from '../../i18n/explain-failure.ts';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { policyReachQuery } from './login-policy-queries.ts';

type Organisation = PolicyReach['organisations'][number];

/** Which organisations inherit this policy, and which have one of their own that a change here does not touch. */
export function PolicyReachCard() {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(policyReachQuery);
  const organisations = data?.pages.flatMap((page) => page.organisations) ?? [];
  return (
    <section className="section" aria-labelledby="reach">
      <h2 id="reach">{t`Whom it concerns`}</h2>
      {error ? (
        <Trouble {...explainFailure(error, 'read')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton rows={2} />
      ) : (
        <ul className="rows reach-rows">
          {organisations.map((organisation) => (
            <li key={organisation.organisationId}>
              <bdi className="factor-word">{organisation.name ?? organisation.organisationId}</bdi>
              <Inherits organisation={organisation} />
            </li>
          ))}
        </ul>
      )}
      {hasNextPage && (
        <p className="section-note">
          <Button isDisabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t`Show more`}</Button>
        </p>
      )}
    </section>
  );
}

function Inherits({ organisation: { inherits } }: { readonly organisation: Organisation }) {
  if (inherits === null) return <StateDot tone="muted" word={t`not visible to your role`} />;
  return inherits ? (
    <StateDot tone="ok" word={t`inherits this policy`} />
  ) : (
    <StateDot tone="warn" word={t`has a policy of its own: not touched by a change here`} />
  );
}
