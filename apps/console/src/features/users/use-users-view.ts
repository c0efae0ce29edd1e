import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { paths } from '../../paths.ts';
import { readUsersView, type UsersView, writeUsersView } from './users-url.ts';

/** The list's view, held by the URL alone. A new search replaces the old one in the history: Back leaves the list. */
export function useUsersView(): readonly [UsersView, (view: UsersView) => void] {
  const [params, setParams] = useSearchParams();
  const setView = useCallback(
    (next: UsersView) => {
      // Somebody has opened a row, and the list stays in view until that page's code is there: a search that was typed
      // just before must not call them back.
      if (location.pathname === paths.users) setParams(writeUsersView(next), { replace: true });
    },
    [setParams],
  );
  return [readUsersView(params), setView];
}
