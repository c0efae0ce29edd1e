import { type QueryClient, queryOptions, skipToken, useQuery } from '@tanstack/react-query';

const wantedQuery = queryOptions({
  queryKey: ['session', 'secondFactorWanted'],
  queryFn: skipToken,
  initialData: false,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

/**
 * Remembers that ZITADEL answers nothing any more to how the person signed in. It happens to who got a second factor
 * since: every read is refused until a sign-in with it.
 */
export function setSecondFactorWanted(client: QueryClient, isWanted: boolean): void {
  if (client.getQueryData(wantedQuery.queryKey) !== isWanted) client.setQueryData(wantedQuery.queryKey, isWanted);
}

/** Whether nothing can be read before the person has signed in again. */
export const useSecondFactorWanted = (): boolean => useQuery(wantedQuery).data === true;
