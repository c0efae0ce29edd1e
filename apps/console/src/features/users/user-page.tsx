import type { User } from '@latchkey/contract/user';
import { t } from '@lingui/core/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { Link, useLocation } from 'react-router';
import * as z from 'zod/mini';
import { userQuery } from '../../api/user-query.ts';
import { explainAllowance, type StatedRefusal } from '../../i18n/explain-allowance.ts';
import { explainFailure } from '../../i18n/explain-failure.ts';
import { paths } from '../../paths.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { PendingPage } from '../../ui/pending-page.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { rememberPerson } from './recent-people.ts';
import { useEscapeToList } from './use-escape-to-list.ts';
import { UserHeader } from './user-header.tsx';

type UserPageProps = {
  readonly userId: string;
  /** What stands below the header, once it is known who this is. */
  readonly children: (user: User, stated: StatedRefusal | null) => ReactNode;
};

const LocationState = z.object({ listSearch: z.string() });

/** A person: who this is, and what the routes put below. */
export function UserPage({ userId, children }: UserPageProps) {
  const { data: user, error, refetch } = useQuery(userQuery(userId));
  const state = LocationState.safeParse(useLocation().state);
  const list = `${paths.users}${state.success ? state.data.listSearch : ''}`;
  const words = user ? explainAllowance(user.actions.removeFactor) : null;
  const stated = words === null ? null : { id: 'user-refusal', words };
  const client = useQueryClient();
  useEffect(() => {
    if (user) rememberPerson(client, user);
  }, [client, user]);
  useEscapeToList(list, state.success);

  return (
    <>
      <p className="trail">
        <Link to={list}>{t`Users`}</Link>
      </p>
      {user ? (
        <>
          <UserHeader user={user} stated={stated} />
          {children(user, stated)}
        </>
      ) : error ? (
        <>
          <PageTitle documentTitle={t`User`}>{t`User`}</PageTitle>
          <Trouble {...explainFailure(error, 'read')} onRetry={() => void refetch()} />
        </>
      ) : (
        <PendingPage />
      )}
    </>
  );
}
