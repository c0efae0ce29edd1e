/** ZITADEL's OIDC endpoints, below the issuer. */
export const OIDC_PATHS = {
  discovery: '/.well-known/openid-configuration',
  authorization: '/oauth/v2/authorize',
  token: '/oauth/v2/token',
  introspection: '/oauth/v2/introspect',
  revocation: '/oauth/v2/revoke',
  deviceAuthorization: '/oauth/v2/device_authorization',
  jwks: '/oauth/v2/keys',
  userinfo: '/oidc/v1/userinfo',
  endSession: '/oidc/v1/end_session',
} as const;

/** The embedded sign-in pages; `authRequestID` names the authorization request. */
export const SIGN_IN_PATH = '/ui/login';

/** Whether a request belongs to oidc-provider. */
export const isOidcPath = (path: string) =>
  path === OIDC_PATHS.discovery || path.startsWith('/oauth/v2/') || path.startsWith('/oidc/v1/');
