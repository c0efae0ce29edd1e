import { apiPaths } from '@latchkey/contract/paths';
import { FactorList } from '@latchkey/contract/user';
import { queryOptions } from '@tanstack/react-query';
import { read } from './bff-client.ts';

/** All factors of one user, half-enrolled ones too, and the rules of their sign-in. */
export const userFactorsQuery = (userId: string) =>
  queryOptions({
    queryKey: ['users', userId, 'factors'],
    queryFn: ({ signal }) => read(apiPaths.factors(userId), FactorList, signal),
  });
