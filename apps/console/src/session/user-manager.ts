import { ErrorResponse, InMemoryWebStorage, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { oidcSettings } from './oidc-settings.ts';

// The only import of oidc-client-ts that runs. Loaded when somebody is about to sign in or out, not before.

/**
 * The page's OIDC client. What one sign-in needs on its way back lives in this tab's sessionStorage; what it yields
 * lives in memory and is not used: who is signed in is what `GET /bff/session` says.
 */
export const userManager = new UserManager({
  ...oidcSettings(location.origin),
  stateStore: new WebStorageStateStore({ store: sessionStorage }),
  userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
});

/** The OAuth error and our own state, when that is what was thrown; anything else says nothing that can be told. */
export function readErrorResponse(error: unknown): { error: string | null; state: unknown } | null {
  return error instanceof ErrorResponse ? { error: error.error, state: error.state } : null;
}
