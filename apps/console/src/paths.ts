import { spaClient } from '@latchkey/contract/paths';

/** Every URL of the console. Links are made here and nowhere else. */
export const paths = {
  home: '/',
  users: '/users',
  user: (userId: string): string => `/users/${encodeURIComponent(userId)}`,
  startReset: (userId: string): string => `/users/${encodeURIComponent(userId)}/reset`,
  resets: '/resets',
  reset: (resetId: string): string => `/resets/${encodeURIComponent(resetId)}`,
  approvals: '/approvals',
  policy: '/policy',
  activity: '/activity',
  me: '/me',
  notMe: '/not-me',
  callback: spaClient.redirectPath,
  signedOut: spaClient.postLogoutPath,
  signInError: spaClient.errorPath,
} as const;

/**
 * A place of this console to go back to after signing in, or the start page when `candidate` is anything else
 * (another origin, a scheme, nothing): what comes back from a sign-in is never trusted to lead outside.
 *
 * @param candidate path with query and fragment, as it was put into the sign-in's state
 * @param origin the page's own origin
 */
export function safeReturnTo(candidate: unknown, origin: string): string {
  if (typeof candidate !== 'string' || !candidate.startsWith('/')) return paths.home;
  let url: URL;
  try {
    url = new URL(candidate, origin);
  } catch {
    return paths.home;
  }
  if (url.origin !== origin) return paths.home;
  const notAPlace: readonly string[] = [paths.callback, paths.signedOut, paths.signInError, paths.notMe];
  return notAPlace.includes(url.pathname) ? paths.home : `${url.pathname}${url.search}${url.hash}`;
}
