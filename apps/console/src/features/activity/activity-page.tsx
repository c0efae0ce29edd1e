import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { explainFailure } from '../../i18n/explain-failure.ts';
import { useSession } from '../../session/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Help } from '../../ui/help.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { ActivityFilters } from './activity-filters.tsx';
import { ActivityList } from './activity-list.tsx';
import { collectNames } from './activity-names.ts';
import { readActivityView, writeActivityView } from './activity-url.ts';
import { ActivityExportButtons } from './export/activity-export-buttons.tsx';
import { wholeActivityQuery } from './whole-activity-query.ts';

/** One timeline of ZITADEL's events and of what Latchkey did, and why. */
export default function ActivityPage() {
  const [params, setParams] = useSearchParams();
  const view = readActivityView(params);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    wholeActivityQuery(view),
  );
  const viewerId = useSession()?.profile.sub ?? null;
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  const names = collectNames(data?.pages ?? []);
  const title = t`Activity`;
  return (
    <>
      <div className="title-line">
        <PageTitle documentTitle={title}>{title}</PageTitle>
        <Help>
          <p>{t`What ZITADEL wrote down, and what was done in Latchkey with the reason that was given.`}</p>
          <p>{t`Whoever may not read ZITADEL's events sees their own acts, and those on people they may read.`}</p>
        </Help>
      </div>
      <div className="users-tools">
        <ActivityFilters
          view={view}
          onView={(next) => setParams(writeActivityView(next), { replace: true })}
          names={data || error ? names : null}
        />
      </div>
      {data?.pages[0]?.scope === 'own' && (
        <p className="refusal">
          {t`Your role does not read ZITADEL's events: these are your own acts, and those on people you may read.`}
        </p>
      )}
      {error ? (
        <Trouble {...explainFailure(error, 'read')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton rows={12} />
      ) : entries.length === 0 ? (
        <Empty title={t`Nothing happened that these filters let through.`} />
      ) : (
        <ActivityList entries={entries} names={names} viewerId={viewerId} showsTarget />
      )}
      {hasNextPage && (
        <p className="section-note">
          <Button isDisabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t`Show older`}</Button>
        </p>
      )}
      <section className="section" aria-label={t`Export`}>
        <ActivityExportButtons view={view} />
      </section>
    </>
  );
}
