import { ActivityPage } from '@latchkey/contract/activity';
import { apiPaths } from '@latchkey/contract/paths';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { read } from '../../api/bff-client.ts';

const pageSize = 15;

/** What happened to a user, newest first, a page at a time. */
export const userActivityQuery = (userId: string) =>
  infiniteQueryOptions({
    queryKey: ['users', userId, 'activity'],
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams({ limit: String(pageSize) });
      if (pageParam !== null) params.set('before', pageParam);
      return read(`${apiPaths.userActivity(userId)}?${params}`, ActivityPage, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
