import { apiPaths } from '@latchkey/contract/paths';
import type { ReasonBody } from '@latchkey/contract/removal';
import { defaultPageSize, OrganisationList, UserPage } from '@latchkey/contract/user';
import { LockChange } from '@latchkey/contract/user-session';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { change, read } from '../../api/bff-client.ts';
import { readSideDelay } from '../../api/read-side.ts';
import { userQuery } from '../../api/user-query.ts';
import { offsetOf, plainView, type UsersView } from './users-url.ts';

/** One page of the people list. The signal cancels a search that was overtaken by the next letter. */
export const usersQuery = (view: UsersView) =>
  queryOptions({
    queryKey: ['users', view],
    queryFn: ({ signal }) => read(`${apiPaths.users()}?${searchParams(view)}`, UserPage, signal),
    placeholderData: keepPreviousData,
  });

function searchParams({ search, page, kind, state, organisationId, sort, direction }: UsersView): URLSearchParams {
  const params = new URLSearchParams({ offset: String(offsetOf(page)), limit: String(defaultPageSize) });
  if (search.trim() !== '') params.set('search', search.trim());
  if (kind !== plainView.kind) params.set('kind', kind);
  if (state !== null) params.set('state', state);
  if (organisationId !== null) params.set('organisationId', organisationId);
  if (sort !== plainView.sort) params.set('sort', sort);
  if (direction !== plainView.direction) params.set('direction', direction);
  return params;
}

/** The organisations that the viewer may see, to choose from. */
export const organisationsQuery = queryOptions({
  queryKey: ['organisations'],
  queryFn: ({ signal }) => read(apiPaths.organisations(), OrganisationList, signal),
  staleTime: 300_000,
});

export type LockAct = 'lock' | 'unlock';

/** Locks or unlocks an account. */
export function useChangeLock(userId: string) {
  const client = useQueryClient();
  const query = userQuery(userId);
  return useMutation({
    mutationFn: ({
      act,
      why,
    }: {
      readonly act: LockAct;
      readonly why: ReasonBody & { readonly disputedAt?: string };
    }) => change('POST', act === 'lock' ? apiPaths.userLock(userId) : apiPaths.userUnlock(userId), why, LockChange),
    onSuccess: async (_change, { act }) => {
      // A read that left before the change would bring the old state back.
      await client.cancelQueries(query);
      const state = act === 'lock' ? ('locked' as const) : ('active' as const);
      client.setQueryData(
        query.queryKey,
        (user) => user && { ...user, state, ...(act === 'unlock' && { dispute: null }) },
      );
      setTimeout(() => void client.invalidateQueries({ queryKey: ['users'] }), readSideDelay);
    },
  });
}
