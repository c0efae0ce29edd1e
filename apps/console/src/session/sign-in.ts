import * as z from 'zod/mini';
import { paths, safeReturnTo } from '../paths.ts';
import { announceSession } from './session-channel.ts';

const loadUserManager = () => import('./user-manager.ts');

/** Fetches the OIDC client ahead of the click that needs it. */
export function prepareSignIn(): void {
  void loadUserManager();
}

/**
 * Leaves for the sign-in pages.
 *
 * @param returnTo path, query and fragment to come back to
 */
export async function signIn(returnTo: string): Promise<void> {
  const { userManager } = await loadUserManager();
  await userManager.signinRedirect({ state: { returnTo } });
}

/** Ends the session here and at ZITADEL, and tells the other tabs. */
export async function signOut(): Promise<void> {
  const { userManager } = await loadUserManager();
  announceSession('signedOut');
  await userManager.signoutRedirect();
}

const SignInState = z.object({ returnTo: z.optional(z.string()) });

/** Where to go on after the sign-in that just came back. */
export type SignInResult = { readonly returnTo: string };

let completion: Promise<SignInResult> | null = null;

/**
 * Redeems the handle in the address, once: a second call (StrictMode, a second render) gets the first one's answer,
 * because the handle and its stored state are single-use.
 *
 * @throws Error of oidc-client-ts when the handle is refused, unknown to this tab, or answers an error
 */
export function completeSignIn(): Promise<SignInResult> {
  completion ??= redeem(location.href);
  return completion;
}

async function redeem(url: string): Promise<SignInResult> {
  // The handle leaves the address, and with it the history, before anything else can look at it.
  history.replaceState(history.state, '', paths.callback);
  const { userManager } = await loadUserManager();
  const user = await userManager.signinRedirectCallback(url);
  const state = SignInState.safeParse(user.state);
  announceSession('signedIn');
  return { returnTo: safeReturnTo(state.success ? state.data.returnTo : undefined, location.origin) };
}
