import { plural, t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { explainFailure } from '../../i18n/explain-failure.ts';
import { formatNumber } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { useUsersView } from './use-users-view.ts';
import { UsersPaging } from './users-paging.tsx';
import { usersQuery } from './users-queries.ts';
import { UsersSearch } from './users-search.tsx';
import { UsersTable } from './users-table.tsx';

/** The people: search, count, table, pages. */
export default function UsersPage() {
  const [view, setView] = useUsersView();
  const { data, error, isPlaceholderData, refetch } = useQuery(usersQuery(view));
  const table = useRef<HTMLTableElement>(null);
  const onSearch = useCallback((search: string) => setView({ search, page: 1 }), [setView]);

  const title = t`Users`;
  return (
    <>
      <PageTitle documentTitle={view.search === '' ? title : `${view.search} · ${title}`}>{title}</PageTitle>
      <div className="users-tools">
        <UsersSearch
          search={view.search}
          onSearch={onSearch}
          onLeave={() => table.current?.querySelector<HTMLElement>('tbody th a')?.focus()}
        />
        <p className="users-count numeric" role="status">
          {data && !error && countWords(data.total)}
        </p>
      </div>
      {error ? (
        <Trouble {...explainFailure(error, 'read')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton rows={12} />
      ) : data.users.length === 0 ? (
        <NobodyFound search={view.search} onClear={() => setView({ search: '', page: 1 })} />
      ) : (
        <>
          <UsersTable ref={table} users={data.users} isStale={isPlaceholderData} onLeave={focusSearch} />
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

type NobodyFoundProps = { readonly search: string; readonly onClear: () => void };

function NobodyFound({ search, onClear }: NobodyFoundProps) {
  if (search === '') {
    return (
      <Empty title={t`Nobody is visible to you here.`}>
        <p>{t`People show up as soon as your role in ZITADEL may read them.`}</p>
      </Empty>
    );
  }
  return (
    <Empty title={t`Nobody matches “${search}”.`}>
      <p>{t`Try a part of the name, the login name, the email, the phone number or the id.`}</p>
      <p>
        <Button onClick={onClear}>{t`Clear the search`}</Button>
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
