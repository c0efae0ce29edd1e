import { apiPaths } from '@latchkey/contract/paths';
import { defaultPageSize, User, UserPage } from '@latchkey/contract/user';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { read } from '../../api/bff-client.ts';
import { offsetOf, type UsersView } from './users-url.ts';

/** One page of the people list. The signal cancels a search that was overtaken by the next letter. */
export const usersQuery = (view: UsersView) =>
  queryOptions({
    queryKey: ['users', view],
    queryFn: ({ signal }) => read(`${apiPaths.users()}?${searchParams(view)}`, UserPage, signal),
    placeholderData: keepPreviousData,
  });

function searchParams({ search, page }: UsersView): URLSearchParams {
  const params = new URLSearchParams({ offset: String(offsetOf(page)), limit: String(defaultPageSize) });
  if (search.trim() !== '') params.set('search', search.trim());
  return params;
}

/** One person. */
export const userQuery = (userId: string) =>
  queryOptions({
    queryKey: ['users', userId, 'user'],
    queryFn: ({ signal }) => read(apiPaths.user(userId), User, signal),
  });
