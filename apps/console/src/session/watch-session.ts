import type { QueryClient } from '@tanstack/react-query';
import { listenToSession } from './session-channel.ts';
import { forgetSession, recheckSession } from './session-query.ts';

/**
 * Keeps the page honest about its session: other tabs' news, a tab that comes back into view, a page that comes back
 * out of the back-forward cache with yesterday's people on it.
 */
export function watchSession(client: QueryClient): void {
  listenToSession((news) => {
    if (news === 'signedOut') forgetSession(client);
    else void recheckSession(client);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void recheckSession(client);
  });
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) void recheckSession(client);
  });
}
