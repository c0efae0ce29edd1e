import type { User } from '@latchkey/contract/user';
import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { explainFailure } from '../../i18n/explain-failure.ts';
import { useSession } from '../../session/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { ActivityList } from './activity-list.tsx';
import { collectNames } from './activity-names.ts';
import { userActivityQuery } from './activity-query.ts';

/** What happened to a person: ZITADEL's events, and what Latchkey did and why. */
export function ActivityCard({ user }: { readonly user: User }) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    userActivityQuery(user.userId),
  );
  const viewerId = useSession()?.profile.sub ?? null;
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  const names = collectNames(data?.pages ?? []);
  return (
    <section className="section" aria-labelledby="activity">
      <h2 id="activity">{t`Activity`}</h2>
      {error ? (
        <Trouble {...explainFailure(error, 'read')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton rows={4} />
      ) : entries.length === 0 ? (
        <Empty title={t`Nothing has been written down about this person.`} />
      ) : (
        <ActivityList entries={entries} names={names} viewerId={viewerId} showsTarget={false} />
      )}
      {hasNextPage && (
        <p className="section-note">
          <Button isDisabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t`Show older`}</Button>
        </p>
      )}
    </section>
  );
}
