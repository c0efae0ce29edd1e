import { apiPaths } from '@latchkey/contract/paths';
import { Reset, type ResetBody, ResetList, ResetOptions } from '@latchkey/contract/reset';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { change, read } from '../../api/bff-client.ts';
import { pollPause } from './case/poll-pause.ts';

/** What the first screen has to know. Always asked anew: it is what a decision is made on. */
export const resetOptionsQuery = (userId: string) =>
  queryOptions({
    queryKey: ['users', userId, 'resetOptions'],
    queryFn: ({ signal }) => read(apiPaths.resetOptions(userId), ResetOptions, signal),
    staleTime: 0,
    // What was ticked must not change under the hand.
    refetchOnWindowFocus: false,
  });

/** One case, followed while something can still happen to it. */
export const resetQuery = (resetId: string) =>
  queryOptions({
    queryKey: ['resets', 'case', resetId],
    queryFn: ({ signal, client }) => {
      const isFollowed = client.getQueryData(['resets', 'case', resetId]) !== undefined;
      return read(`${apiPaths.reset(resetId)}${isFollowed ? '?peek=1' : ''}`, Reset, signal);
    },
    refetchInterval: ({ state }) => (state.data ? pollPause(state.data, Date.now()) : false),
    staleTime: 0,
  });

/** Which cases the list shows. */
export type ResetsView = 'open' | 'locked' | 'all';

/** The cases, open ones first, a page at a time. */
export const resetsQuery = (view: ResetsView) =>
  infiniteQueryOptions({
    queryKey: ['resets', 'list', view],
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams();
      if (view === 'open') params.set('open', 'true');
      if (view === 'locked') params.set('locked', 'true');
      if (pageParam !== null) params.set('before', pageParam);
      return read(`${apiPaths.resets()}?${params}`, ResetList, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

/** Stores a case, planned. Nothing of it has happened then. */
export function useStartReset(userId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ResetBody) => change('POST', apiPaths.userResets(userId), body, Reset),
    onSuccess: (reset) => {
      client.setQueryData(resetQuery(reset.resetId).queryKey, reset);
      void client.invalidateQueries({ queryKey: ['resets', 'list'] });
    },
  });
}

/** What is done to a case, each with what it needs. */
export type CaseAct =
  | { readonly act: 'run' | 'cancel' | 'take-over' | 'approval' }
  | { readonly act: 'skip'; readonly number: number; readonly reason: string };

/** Does something to a case; the answer is the case as it is then. */
export function useCaseAct({ resetId, user: { userId } }: Pick<Reset, 'resetId' | 'user'>) {
  const client = useQueryClient();
  const query = resetQuery(resetId);
  return useMutation({
    mutationFn: (act: CaseAct) =>
      act.act === 'skip'
        ? change('POST', apiPaths.resetAct(userId, resetId, `steps/${act.number}/skip`), { reason: act.reason }, Reset)
        : change('POST', apiPaths.resetAct(userId, resetId, act.act), {}, Reset),
    onMutate: () => client.cancelQueries(query),
    onSuccess: (reset) => client.setQueryData(query.queryKey, reset),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['resets'] });
      void client.invalidateQueries({ queryKey: ['approvals'] });
      void client.invalidateQueries({ queryKey: ['users', userId] });
    },
  });
}
