import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isSignedOut, toFailure } from './api-error.ts';

const readAttempts = 3;

/** Only what may pass by itself is asked again: an answer that says no says it again. */
export function isWorthRetrying(error: unknown): boolean {
  const failure = toFailure(error);
  if (failure.kind === 'unreachable') return true;
  if (failure.kind !== 'problem') return false;
  return failure.problem.code === 'upstream_unavailable' || failure.problem.code === 'upstream_timeout';
}

/**
 * The page's one query client. A change is never repeated by itself: whether it was made is for the BFF to find out.
 *
 * @param onSignedOut called when any call was refused for want of a session
 */
export function createQueryClient(onSignedOut: (client: QueryClient) => void): QueryClient {
  const onError = (error: unknown) => {
    if (isSignedOut(error)) onSignedOut(client);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < readAttempts - 1 && isWorthRetrying(error),
        retryDelay: (attempt) => 300 * 2 ** attempt,
        refetchOnWindowFocus: true,
      },
      mutations: { retry: 0, networkMode: 'always' },
    },
  });
  return client;
}
