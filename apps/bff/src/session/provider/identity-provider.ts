import { Profile } from '@latchkey/contract/session';
import * as oidc from 'openid-client';
import type { Clock } from '../../clock.ts';
import type { ClientIdentity } from './client-authentication.ts';
import { probeClient } from './probe-client.ts';
import { ProviderError, toProviderError } from './provider-error.ts';
import { toTokenSet } from './read-identity.ts';
import type { TokenAnswer, TokenSet } from './signed-in.ts';

const timeoutSeconds = 10;

// Readiness is asked by anybody and often; ZITADEL is asked for it at most this often.
const checkLifetime = 2_000;
const checkTimeout = 3_000;

/** What the callback must be checked against: made for one sign-in, known to nobody else. */
export interface SignInChecks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface AuthorizationRequest extends SignInChecks {
  readonly redirectUri: string;
  /** Ask for the person again even if they are signed in there; `loginHint` saves them typing their name. */
  readonly reauthenticate: boolean;
  readonly loginHint: string | undefined;
}

/** ZITADEL as an OpenID provider, as far as the facade needs it. Every method throws ProviderError. */
export interface IdentityProvider {
  /** Makes sure that ZITADEL is who it should be and knows us; asks only until it once was so. */
  discover(): Promise<void>;
  /** Whether ZITADEL is who it should be, knows us, and answers now. */
  check(): Promise<void>;
  authorizationUrl(request: AuthorizationRequest): Promise<URL>;
  /** @param callbackUrl the address ZITADEL sent the browser to, on our public origin. */
  exchangeCode(callbackUrl: URL, checks: SignInChecks): Promise<TokenAnswer>;
  /** @param former the tokens so far; what the answer leaves out stays. Its refresh token must be there. */
  refresh(former: TokenSet): Promise<TokenAnswer>;
  readProfile(accessToken: string, subject: string): Promise<Profile>;
  revoke(refreshToken: string): Promise<void>;
  /** Ends the person's session at ZITADEL, from here: the ID token does not travel through the browser. */
  endSession(idToken: string): Promise<void>;
  /** Where to send the browser so that the sign-in pages forget it too, and come back to `returnUrl`. */
  endSessionUrl(returnUrl: string, state: string): Promise<URL>;
  readonly clientId: string;
  readonly issuer: string;
  keySetUrl(): Promise<URL>;
}

/** `offline_access` for a refresh token, the last one so that ZITADEL's API takes the access token. */
const scope = 'openid profile email offline_access urn:zitadel:iam:org:project:id:zitadel:aud';

/**
 * Discovery happens at the first use and is tried again until it succeeds, so that the BFF starts while ZITADEL is down.
 *
 * @param issuer compared exactly with what discovery says.
 */
export function createIdentityProvider(
  issuer: string,
  { clientId, authentication }: ClientIdentity,
  clock: Clock,
): IdentityProvider {
  const discover = remember(() => discoverProvider(issuer, clientId, authentication));

  return {
    clientId,
    issuer,
    discover: async () => {
      await discover();
    },
    check: remember(async () => askIssuer(await discover()), checkLifetime),
    async authorizationUrl({ redirectUri, state, nonce, verifier, reauthenticate, loginHint }) {
      return oidc.buildAuthorizationUrl(await discover(), {
        redirect_uri: redirectUri,
        scope,
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(reauthenticate ? { prompt: 'login', max_age: '0' } : {}),
        ...(loginHint === undefined ? {} : { login_hint: loginHint }),
      });
    },
    exchangeCode: (callbackUrl, { state, nonce, verifier }) =>
      converting(async () => {
        const checks = {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        };
        const answer = await oidc.authorizationCodeGrant(await discover(), callbackUrl, checks);
        return { tokens: toTokenSet(answer, { refreshToken: null, idToken: '' }, clock()), claims: answer.claims() };
      }),
    refresh: (former) =>
      converting(async () => {
        if (former.refreshToken === null) throw new ProviderError('refused', 'there is no refresh token');
        const answer = await oidc.refreshTokenGrant(await discover(), former.refreshToken);
        return { tokens: toTokenSet(answer, former, clock()), claims: answer.claims() };
      }),
    readProfile: (accessToken, subject) =>
      converting(async () => toProfile(await oidc.fetchUserInfo(await discover(), accessToken, subject))),
    revoke: (refreshToken) =>
      converting(async () => {
        await oidc.tokenRevocation(await discover(), refreshToken, { token_type_hint: 'refresh_token' });
      }),
    endSession: (idToken) => converting(async () => postEndSession(await discover(), clientId, idToken)),
    endSessionUrl: (returnUrl, state) =>
      converting(async () => oidc.buildEndSessionUrl(await discover(), { post_logout_redirect_uri: returnUrl, state })),
    keySetUrl: () =>
      converting(async () => {
        const { jwks_uri } = (await discover()).serverMetadata();
        if (!jwks_uri) throw new ProviderError('misconfigured', 'discovery names no keys');
        return new URL(jwks_uri);
      }),
  };
}

async function discoverProvider(issuer: string, clientId: string, authentication: oidc.ClientAuth) {
  // Verifies signatures of ID tokens too, although they come over a direct connection (OWASP ASVS 5.0, 6.8.2).
  const execute = [oidc.enableNonRepudiationChecks];
  if (issuer.startsWith('http:')) execute.push(oidc.allowInsecureRequests);
  const configuration = await converting(() =>
    oidc.discovery(new URL(issuer), clientId, undefined, authentication, { timeout: timeoutSeconds, execute }),
  );
  // The client compares parsed addresses; the specification wants the same text (OpenID Connect Discovery 1.0, 4.3).
  if (configuration.serverMetadata().issuer !== issuer) {
    throw new ProviderError('misconfigured', `LATCHKEY_ISSUER is not exactly the issuer that discovery names`);
  }
  await probeClient(configuration);
  return configuration;
}

/** @throws ProviderError when ZITADEL, known already, does not answer now. */
async function askIssuer(configuration: oidc.Configuration): Promise<void> {
  const { issuer } = configuration.serverMetadata();
  await converting(async () => {
    const signal = AbortSignal.timeout(checkTimeout);
    const response = await fetch(`${issuer}/.well-known/openid-configuration`, { redirect: 'error', signal });
    await response.body?.cancel();
    if (!response.ok) throw new ProviderError('unavailable', `discovery answered ${response.status}`);
  });
}

/** One attempt at a time; a success is kept (for so many milliseconds), a failure is not. */
function remember<Value>(attempt: () => Promise<Value>, lifetime = Number.POSITIVE_INFINITY): () => Promise<Value> {
  let pending: Promise<Value> | undefined;
  let keptSince = Number.POSITIVE_INFINITY;
  return () => {
    if (performance.now() - keptSince > lifetime) {
      pending = undefined;
      keptSince = Number.POSITIVE_INFINITY;
    }
    pending ??= attempt().then(
      (value) => {
        keptSince = performance.now();
        return value;
      },
      (error: unknown) => {
        pending = undefined;
        throw error;
      },
    );
    return pending;
  };
}

async function converting<Value>(call: () => Promise<Value>): Promise<Value> {
  try {
    return await call();
  } catch (error) {
    throw toProviderError(error);
  }
}

function toProfile(claims: oidc.UserInfoResponse): Profile {
  const loginName = claims.preferred_username ?? claims.sub;
  const parsed = Profile.safeParse({
    sub: claims.sub,
    name: claims.name ?? loginName,
    loginName,
    email: claims.email ?? null,
  });
  if (!parsed.success) throw new ProviderError('untrusted', 'the user information is not understood');
  return parsed.data;
}

async function postEndSession(configuration: oidc.Configuration, clientId: string, idToken: string): Promise<void> {
  const endpoint = configuration.serverMetadata().end_session_endpoint;
  if (!endpoint) throw new ProviderError('misconfigured', 'discovery names no end_session_endpoint');
  const response = await fetch(endpoint, {
    method: 'POST',
    body: new URLSearchParams({ id_token_hint: idToken, client_id: clientId }),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutSeconds * 1000),
  });
  await response.body?.cancel();
  if (response.status >= 500) throw new ProviderError('unavailable', `end_session answered ${response.status}`);
  if (response.status >= 400) throw new ProviderError('refused', `end_session answered ${response.status}`);
}
