import { sessionPath } from '@latchkey/contract/paths';
import { Session } from '@latchkey/contract/session';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { isSignedOut } from '../api/api-error.ts';
import { read } from '../api/bff-client.ts';
import { rememberCsrf } from '../api/csrf.ts';
import { forgetKept } from '../api/kept.ts';

const sessionKey = ['session'] as const;

/** Who is signed in; null when nobody is. Asked at the start and when something happened; `watchSession` looks after it in between. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: ({ signal }) => fetchSession(sessionPath, signal),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  refetchOnWindowFocus: false,
});

async function fetchSession(path: string, signal?: AbortSignal): Promise<Session | null> {
  try {
    const session = await read(path, Session, signal);
    rememberCsrf(session.csrf);
    return session;
  } catch (error) {
    if (!isSignedOut(error)) throw error;
    rememberCsrf(null);
    forgetKept();
    return null;
  }
}

/** Takes the person's data out of the page: nothing of a session outlives it (ASVS 14.3.1). */
export function forgetSession(client: QueryClient): void {
  rememberCsrf(null);
  forgetKept();
  if (client.getQueryData(sessionKey) === null) return;
  client.setQueryData(sessionKey, null);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
  client.getMutationCache().clear();
}

/**
 * Asks whether the session still stands, without prolonging it. A session that became somebody else's empties the
 * page first; an answer that did not come changes nothing.
 */
export async function recheckSession(client: QueryClient): Promise<void> {
  const before = client.getQueryData(sessionQuery.queryKey);
  const now = await fetchSession(`${sessionPath}?peek=1`).catch(() => undefined);
  if (now === undefined) return;
  if (before && before.profile.sub !== now?.profile.sub) forgetSession(client);
  client.setQueryData(sessionQuery.queryKey, now);
}
