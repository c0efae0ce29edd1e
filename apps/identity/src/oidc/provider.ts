import type { JWK } from 'jose';
import type { Configuration, Provider as OidcProvider } from 'oidc-provider';
import type { Vault } from '../store/vault.ts';
import { grantAll } from './authorize/grant.ts';
import { CLIENT_PROMPT, CLIENT_SCOPE, reshapeRequest } from './authorize/request.ts';
import type { SignInCheck } from './authorize/sign-in-check.ts';
import { createSignInPolicy } from './authorize/sign-in-policy.ts';
import { applicationClients, isClientSecret } from './clients.ts';
import { reshapeAnswers } from './endpoints/answers.ts';
import { endSessionEndpoint } from './endpoints/end-session.ts';
import { revokeToken } from './endpoints/revocation.ts';
import { errors, Provider } from './library.ts';
import { OIDC_PATHS, SIGN_IN_PATH } from './paths.ts';
import { bindingCookie } from './request-binding.ts';
import { createArtifacts } from './storage/artifacts.ts';
import { livingAccessTokens, livingRefreshTokens } from './storage/living-tokens.ts';
import type { TokenDatabase } from './storage/token-database.ts';
import { CODE_PARAMETERS, type CodeParameters, exchangeCode } from './tokens/code-grant.ts';
import type { TokenDesk } from './tokens/issue-tokens.ts';
import { LIFETIMES } from './tokens/lifetimes.ts';
import { REFRESH_PARAMETERS, type RefreshParameters, refreshTokens } from './tokens/refresh-grant.ts';
import {
  answerAuthorizationError,
  answerClientError,
  answerUserinfoError,
  type RenderedPage,
} from './zitadel-errors.ts';

/** What OIDC is made of. */
export interface OidcOptions {
  /** Origin without a trailing slash. */
  readonly issuer: string;
  readonly signingKeys: readonly JWK[];
  readonly cookieKeys: readonly string[];
  readonly vault: Vault;
  readonly tokens: TokenDatabase;
  readonly desk: TokenDesk;
  readonly checkSignIn: SignInCheck;
  /** Ends a session of `/v2/sessions`. */
  readonly endSession: (sessionId: string) => Promise<void>;
  /** For people whose sign-in is over when they come back from its pages. */
  readonly endedPage: RenderedPage;
}

/** oidc-provider, bent to ZITADEL's ways: what each bend is for stands where it is. */
export function createProvider(options: OidcOptions): OidcProvider {
  const { desk } = options;
  const provider = new Provider(options.issuer, configure(options));
  // ZITADEL names its session in every ID token; oidc-provider only for clients with back-channel logout.
  provider.Client.prototype.includeSid = () => true;
  provider.Client.prototype.compareClientSecret = function (secret) {
    return isClientSecret(secret, this.clientSecret);
  };
  // The same assertion is accepted again within its lifetime, as in ZITADEL; so nothing is remembered of it.
  provider.ReplayDetection.unique = () => Promise.resolve(true);
  provider.registerGrantType<CodeParameters>('authorization_code', (ctx) => exchangeCode(desk, ctx), CODE_PARAMETERS);
  provider.registerGrantType<RefreshParameters>('refresh_token', (ctx) => refreshTokens(desk, ctx), REFRESH_PARAMETERS);
  provider.use(reshapeAnswers(desk, options.issuer));
  provider.use(endSessionEndpoint(desk, options.endSession));
  provider.use(reshapeRequest);
  provider.on('authorization.success', (_ctx, out) => {
    if (out) delete out.iss;
  });
  provider.on('grant.error', answerClientError);
  provider.on('introspection.error', answerClientError);
  provider.on('revocation.error', answerClientError);
  provider.on('userinfo.error', answerUserinfoError);
  return provider;
}

function configure({ desk, ...options }: OidcOptions): Configuration {
  return {
    adapter: createArtifacts(options.tokens, options.vault, {
      Client: applicationClients(desk.directory),
      AccessToken: livingAccessTokens(desk.tokenSets, desk.directory),
      RefreshToken: livingRefreshTokens(desk.tokenSets),
    }),
    jwks: { keys: [...options.signingKeys] },
    cookies: {
      keys: [...options.cookieKeys],
      names: { session: 'identity.session', interaction: 'identity.request', resume: 'identity.resume' },
      long: { signed: true, httpOnly: true, sameSite: 'lax' },
      short: { signed: true, httpOnly: true, sameSite: 'lax' },
    },
    routes: {
      authorization: OIDC_PATHS.authorization,
      token: OIDC_PATHS.token,
      introspection: OIDC_PATHS.introspection,
      revocation: OIDC_PATHS.revocation,
      jwks: OIDC_PATHS.jwks,
      userinfo: OIDC_PATHS.userinfo,
      end_session: OIDC_PATHS.endSession,
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      introspection: { enabled: true, allowedPolicy: (_ctx, _client, token) => token.kind === 'AccessToken' },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => revokeToken(desk, client, token) },
      rpInitiatedLogout: { enabled: false },
    },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    enabledJWA: { clientAuthSigningAlgValues: ['RS256'], idTokenSigningAlgValues: ['RS256'] },
    async assertJwtClientAuthClaimsAndHeader(_ctx, claims) {
      if (claims.aud !== options.issuer) throw new errors.InvalidClientAuth('aud must be the issuer');
    },
    responseTypes: ['code'],
    scopes: ['openid', 'offline_access', 'profile', 'email', 'phone', 'address'],
    claims: { openid: ['sub'] },
    extraParams: [CLIENT_PROMPT, CLIENT_SCOPE],
    pkce: { required: () => false },
    clientBasedCORS: () => false,
    expiresWithSession: () => false,
    findAccount: async (_ctx, id) => {
      const person = await desk.directory.person(id);
      return person && { accountId: id, claims: () => ({ sub: id }) };
    },
    loadExistingGrant: (ctx) => grantAll(options.checkSignIn, ctx),
    interactions: {
      policy: createSignInPolicy(options.checkSignIn),
      url(ctx, { uid }) {
        ctx.append('set-cookie', bindingCookie(options.vault, uid));
        return `${SIGN_IN_PATH}/login?authRequestID=${uid}`;
      },
    },
    renderError: (ctx, _out, error) => answerAuthorizationError(ctx, error, options.endedPage),
    ttl: {
      AccessToken: LIFETIMES.accessToken,
      AuthorizationCode: LIFETIMES.code,
      Grant: LIFETIMES.refreshAbsolute,
      IdToken: LIFETIMES.idToken,
      Interaction: LIFETIMES.request,
      RefreshToken: LIFETIMES.refreshIdle,
      Session: LIFETIMES.browserSession,
    },
  };
}
