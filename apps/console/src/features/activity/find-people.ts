import { apiPaths } from '@latchkey/contract/paths';
import { UserPage } from '@latchkey/contract/user';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { read } from '../../api/bff-client.ts';

/** As many as are taken in at a glance; whoever is not among them is found by another letter. */
const offered = 8;

/** The first few people whom a text finds, by name, login name, email, phone or id. */
export const foundPeopleQuery = (search: string) =>
  queryOptions({
    queryKey: ['foundPeople', search],
    queryFn: ({ signal }) =>
      read(`${apiPaths.users()}?${new URLSearchParams({ search, limit: String(offered) })}`, UserPage, signal),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  });
