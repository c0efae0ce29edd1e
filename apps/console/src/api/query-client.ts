import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { hasCode, isSignedOut, toFailure } from './api-error.ts';

const readAttempts = 3;

/** Only what may pass by itself is asked again: an answer that says no says it again. */
export function isWorthRetrying(error: unknown): boolean {
  const failure = toFailure(error);
  if (failure.kind === 'unreachable') return true;
  if (failure.kind !== 'problem') return false;
  return failure.problem.code === 'upstream_unavailable' || failure.problem.code === 'upstream_timeout';
}

/** What the page does when ZITADEL or the BFF does not take the person's sign-in. */
export interface SignInRefusals {
  /** Any call was refused for want of a session. */
  onSignedOut(client: QueryClient): void;
  /** A reading was refused because of how the person signed in; for a change, the dialog says so itself. */
  onStepUp(client: QueryClient): void;
}

/** The page's one query client. A change is never repeated by itself: whether it was made is for the BFF to find out. */
export function createQueryClient({ onSignedOut, onStepUp }: SignInRefusals): QueryClient {
  const onError = (error: unknown) => {
    if (isSignedOut(error)) onSignedOut(client);
  };
  const onReadError = (error: unknown) => {
    onError(error);
    if (hasCode(error, 'step_up_required')) onStepUp(client);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: onReadError }),
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
