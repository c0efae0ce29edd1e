import { plural, t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { explainFailure } from '../../i18n/explain-failure.ts';
import { formatNumber } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Help } from '../../ui/help.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { RecentPeopleLine } from './recent-people-line.tsx';
import { useUsersView } from './use-users-view.ts';
import { UsersFilters } from './users-filters.tsx';
import { UsersPaging } from './users-paging.tsx';
import { usersQuery } from './users-queries.ts';
import { UsersSearch } from './users-search.tsx';
import { UsersTable } from './users-table.tsx';
import { plainView, type UsersView, writeUsersView } from './users-url.ts';

/** The people: search, count, table, pages. */
export default function UsersPage() {
  const [view, setView] = useUsersView();
  const { data, error, isPlaceholderData, refetch } = useQuery(usersQuery(view));
  const table = useRef<HTMLTableElement>(null);
  const onSearch = useCallback((search: string) => setView({ ...view, search, page: 1 }), [setView, view]);

  const title = t`Users`;
  return (
    <>
      <div className="title-line">
        <PageTitle documentTitle={view.search === '' ? title : `${view.search} · ${title}`}>{title}</PageTitle>
        <Help>
          <p>{t`The people your role in ZITADEL may read, in every organisation you may see. Machines are behind a filter.`}</p>
          <p>{t`What sign-in asks of them follows their organisation's login policy, or else the instance's; sessions and refresh tokens that are open outlive a change of either.`}</p>
          <p>{t`/ goes to the search, the arrows move between the rows, Enter opens one, Esc goes back.`}</p>
        </Help>
      </div>
      <div className="users-tools">
        <UsersSearch
          search={view.search}
          onSearch={onSearch}
          onLeave={() => table.current?.querySelector<HTMLElement>('tbody th a')?.focus()}
        />
        <UsersFilters view={view} onView={setView} />
        <p className="users-count numeric" role="status">
          {data && !error && countWords(data.total)}
        </p>
      </div>
      {writeUsersView(view).size === 0 && <RecentPeopleLine />}
      {error ? (
        <Trouble {...explainFailure(error, 'read')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton rows={12} />
      ) : data.users.length === 0 ? (
        <NobodyFound view={view} onClear={() => setView(plainView)} />
      ) : (
        <>
          <UsersTable
            ref={table}
            users={data.users}
            isStale={isPlaceholderData}
            view={view}
            onView={setView}
            onLeave={focusSearch}
          />
          <UsersPaging view={view} shown={data} />
        </>
      )}
      <PrepareUserPage />
    </>
  );
}

const focusSearch = () => document.getElementById('users-search')?.focus();

function countWords(total: number): string {
  const count = formatNumber(total);
  return plural(total, { one: '1 person', other: `${count} people` });
}

type NobodyFoundProps = { readonly view: UsersView; readonly onClear: () => void };

function NobodyFound({ view, onClear }: NobodyFoundProps) {
  const { search } = view;
  if (writeUsersView({ ...view, page: 1 }).size === 0) {
    return (
      <Empty title={t`Nobody is visible to you here.`}>
        <p>{t`People show up as soon as your role in ZITADEL may read them.`}</p>
      </Empty>
    );
  }
  return (
    <Empty title={search === '' ? t`Nobody is left by these filters.` : t`Nobody matches “${search}”.`}>
      <p>{t`Try a part of the name, the login name, the email, the phone number or the id.`}</p>
      <p>
        <Button onClick={onClear}>{t`Show everybody`}</Button>
      </p>
    </Empty>
  );
}

/** Fetches the code of a person's page while the list is being read: opening one is then instant. */
function PrepareUserPage() {
  useEffect(() => {
    const timer = setTimeout(() => void import('../../routes/user-route.tsx'), 500);
    return () => clearTimeout(timer);
  }, []);
  return null;
}
