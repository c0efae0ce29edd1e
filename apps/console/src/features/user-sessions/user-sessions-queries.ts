import { apiPaths } from '@latchkey/contract/paths';
import type { ReasonBody } from '@latchkey/contract/removal';
import { SessionEnd, UserSessions } from '@latchkey/contract/user-session';
import { queryOptions, useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { change, read } from '../../api/bff-client.ts';

/** The sessions of a user that the viewer may see. */
export const userSessionsQuery = (userId: string) =>
  queryOptions({
    queryKey: ['users', userId, 'sessions'],
    queryFn: ({ signal }) => read(apiPaths.userSessions(userId), UserSessions, signal),
  });

type EndSession = { readonly sessionId: string; readonly why: ReasonBody };

const endKey = (userId: string) => ['endSession', userId];

/** Ends one session of a user in ZITADEL. */
export function useEndSession(userId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationKey: endKey(userId),
    mutationFn: ({ sessionId, why }: EndSession) =>
      change('DELETE', apiPaths.userSession(userId, sessionId), why, SessionEnd),
    onSuccess: () => client.invalidateQueries({ queryKey: ['users', userId, 'activity'] }),
  });
}

/** The sessions that this page has ended: a late read may still list them, and an ended session never comes back. */
export function useEndedSessions(userId: string): ReadonlySet<string> {
  const ended = useMutationState({
    filters: { mutationKey: endKey(userId), status: 'success' },
    select: ({ state }) => (state.variables as EndSession).sessionId,
  });
  return new Set(ended);
}
