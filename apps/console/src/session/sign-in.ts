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

/**
 * Leaves to sign in again, with everything that ZITADEL asks for. It is told to ask anew; the BFF checks that it did.
 *
 * @param returnTo path, query and fragment to come back to
 */
export async function signInAnew(returnTo: string): Promise<void> {
  const { userManager } = await loadUserManager();
  await userManager.signinRedirect({ prompt: 'login', max_age: 0, state: { returnTo } });
}

/**
 * Leaves to sign in again, for one act that wants a fresh sign-in.
 *
 * @param returnTo path, query and fragment to come back to
 * @param scope what the sign-in is to be good for (the contract's `StepUpIntent`): one user, the login policy, one
 * decision; null for what the contract has no words for, which wants a sign-in that is good for everything
 * @param intent what to go on with there, as JSON; kept in this tab's session storage meanwhile
 */
export async function signInAgain(returnTo: string, scope: string | null, intent: object): Promise<void> {
  const { userManager } = await loadUserManager();
  await userManager.signinRedirect({
    prompt: 'login',
    max_age: 0,
    ...(scope !== null && { extraQueryParams: { intent: scope } }),
    state: { returnTo, intent },
  });
}

/** Ends the session here and at ZITADEL, and tells the other tabs. */
export async function signOut(): Promise<void> {
  const { userManager } = await loadUserManager();
  announceSession('signedOut');
  await userManager.signoutRedirect();
}

const SignInState = z.object({ returnTo: z.optional(z.string()), intent: z.optional(z.unknown()) });

/** Where to go on after the sign-in that just came back, and with what. */
export type SignInResult =
  | { readonly kind: 'signedIn'; readonly returnTo: string; readonly intent: unknown }
  | { readonly kind: 'failed'; readonly returnTo: string; readonly reason: string };

let completion: Promise<SignInResult> | null = null;

/**
 * Redeems the handle in the address, once: a second call (StrictMode, a second render) gets the first one's answer,
 * because the handle and its stored state are single-use.
 * Anything that goes wrong is a result, too: an answer of the facade with an error, a handle that is refused, one that
 * this tab did not ask for.
 */
export function completeSignIn(): Promise<SignInResult> {
  completion ??= redeem(location.href);
  return completion;
}

async function redeem(url: string): Promise<SignInResult> {
  // The handle leaves the address, and with it the history, before anything else can look at it.
  history.replaceState(history.state, '', paths.callback);
  const { userManager, readErrorResponse } = await loadUserManager();
  try {
    const user = await userManager.signinRedirectCallback(url);
    announceSession('signedIn');
    return { kind: 'signedIn', ...readState(user.state) };
  } catch (error) {
    const answer = readErrorResponse(error);
    return { kind: 'failed', returnTo: readState(answer?.state).returnTo, reason: answer?.error ?? 'unknown' };
  }
}

function readState(candidate: unknown): { returnTo: string; intent: unknown } {
  const state = SignInState.safeParse(candidate);
  const { returnTo, intent = null } = state.success ? state.data : {};
  return { returnTo: safeReturnTo(returnTo, location.origin), intent };
}
