import { apiPaths } from '@latchkey/contract/paths';
import { User } from '@latchkey/contract/user';
import { queryOptions } from '@tanstack/react-query';
import { read } from './bff-client.ts';

/** One person. */
export const userQuery = (userId: string) =>
  queryOptions({
    queryKey: ['users', userId, 'user'],
    queryFn: ({ signal }) => read(apiPaths.user(userId), User, signal),
  });
