import { oidcPaths, spaClient, spaHeader } from '@latchkey/contract/paths';
import type { UserManagerSettings } from 'oidc-client-ts';

/**
 * The settings of the page's OIDC client. Every endpoint is the BFF's facade, on this origin: the page gets a handle,
 * never a token. The stores are added by the caller, because they come from the library.
 *
 * @param origin the page's own origin, such as `https://latchkey.example`
 */
export function oidcSettings(origin: string): Omit<UserManagerSettings, 'stateStore' | 'userStore'> {
  return {
    authority: `${origin}${oidcPaths.issuer}`,
    client_id: spaClient.clientId,
    redirect_uri: `${origin}${spaClient.redirectPath}`,
    post_logout_redirect_uri: `${origin}${spaClient.postLogoutPath}`,
    response_type: 'code',
    response_mode: 'query',
    scope: spaClient.scope,
    // Complete metadata means no discovery request.
    metadata: {
      issuer: `${origin}${oidcPaths.issuer}`,
      authorization_endpoint: `${origin}${oidcPaths.authorize}`,
      token_endpoint: `${origin}${oidcPaths.token}`,
      userinfo_endpoint: `${origin}${oidcPaths.userinfo}`,
      end_session_endpoint: `${origin}${oidcPaths.logout}`,
    },
    loadUserInfo: true,
    filterProtocolClaims: false,
    fetchRequestCredentials: 'same-origin',
    requestTimeoutInSeconds: 15,
    staleStateAgeInSeconds: 600,
    automaticSilentRenew: false,
    monitorSession: false,
    revokeTokensOnSignout: false,
    disablePKCE: false,
    extraHeaders: { [spaHeader]: '1' },
  };
}
