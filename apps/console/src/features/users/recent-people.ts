import type { User } from '@latchkey/contract/user';
import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';

/** Somebody whose page was opened. */
export type RecentPerson = Pick<User, 'userId' | 'displayName'>;

const kept = 6;

/** Who was opened last, newest first. In memory only, and gone with the session: names are not for browser storage. */
const recentPeopleQuery = queryOptions({
  queryKey: ['recentPeople'],
  queryFn: (): readonly RecentPerson[] => [],
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

/** Remembers whose page is open. */
export function rememberPerson(client: QueryClient, { userId, displayName }: RecentPerson): void {
  client.setQueryData(recentPeopleQuery.queryKey, (recent = []) =>
    [{ userId, displayName }, ...recent.filter((person) => person.userId !== userId)].slice(0, kept),
  );
}

/** Who was opened last, newest first. */
export function useRecentPeople(): readonly RecentPerson[] {
  return useQuery(recentPeopleQuery).data ?? [];
}
