import type { QueryClient } from '@tanstack/react-query';
import { setSecondFactorWanted } from './second-factor-wanted.ts';
import { listenToSession } from './session-channel.ts';
import { forgetSession, recheckSession, sessionQuery } from './session-query.ts';

/** How often a page that nobody touches asks whether the session that it shows still stands. */
const pollInterval = 15_000;

/**
 * Keeps the page honest about its session: other tabs' news, an end somewhere else, a tab that comes back into view, a
 * page that comes back out of the back-forward cache with yesterday's people on it.
 */
export function watchSession(client: QueryClient): void {
  listenToSession((news) => {
    setSecondFactorWanted(client, false);
    if (news === 'signedOut') forgetSession(client);
    else void recheckSession(client);
  });
  setInterval(() => {
    if (client.getQueryData(sessionQuery.queryKey)) void recheckSession(client);
  }, pollInterval);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void recheckSession(client);
  });
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) void recheckSession(client);
  });
}
