import { apiPaths } from '@latchkey/contract/paths';
import { type OwnSession, OwnSessionList } from '@latchkey/contract/session';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { change, read } from '../../api/bff-client.ts';

/** One's own Latchkey sessions, this one among them. */
export const ownSessionsQuery = queryOptions({
  queryKey: ['ownSessions'],
  queryFn: ({ signal }) => read(apiPaths.ownSessions(), OwnSessionList, signal),
});

/** Ends one of one's own sessions, or all but this one. The answer is the list as it is then. */
export function useEndOwnSessions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (which: OwnSession | 'others') =>
      change(
        'DELETE',
        which === 'others' ? apiPaths.ownSessions() : apiPaths.ownSession(which.sessionId),
        {},
        OwnSessionList,
      ),
    onSuccess: (list) => client.setQueryData(ownSessionsQuery.queryKey, list),
  });
}
