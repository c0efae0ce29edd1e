import { createHash, createPrivateKey, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { systemContext } from '../commands/context.ts';
import { addApplicationKey } from '../commands/projects/application-keys.ts';
import { AUTH_METHOD, addOidcApplication } from '../commands/projects/applications.ts';
import { addProject } from '../commands/projects/projects.ts';
import { readInstance } from '../commands/set-up-instance.ts';
import type { OidcConfiguration } from '../domain/application.ts';
import type { RunningServer } from './running-server.ts';

export const CALLBACK = 'http://app.example/callback';
export const SIGNED_OUT = 'http://app.example/signed-out';
export const VERIFIER = 'a-code-verifier-of-more-than-forty-three-characters';
export const API_SCOPE = 'openid profile email offline_access urn:zitadel:iam:org:project:id:zitadel:aud';

/** An answer of an endpoint, its JSON next to its status. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

/** An application under test. */
export interface RelyingParty {
  readonly applicationId: string;
  readonly clientId: string;
  readonly projectId: string;
  readonly clientSecret: string | undefined;
  /** Address of an authorization request; parameters replace those of a usual one. */
  authorizeUrl(parameters?: Readonly<Record<string, string>>): string;
  /** Posts with the application's own authentication. */
  post(path: string, form: Readonly<Record<string, string>>): Promise<Answer>;
  exchange(code: string, form?: Readonly<Record<string, string>>): Promise<Answer>;
  refresh(refreshToken: unknown, form?: Readonly<Record<string, string>>): Promise<Answer>;
  assertion(claims?: Readonly<Record<string, unknown>>): Promise<string>;
}

/** Makes a project of its own. */
export async function addTestProject(server: Pick<RunningServer, 'store'>): Promise<string> {
  const { organisationId } = await readInstance(server.store);
  const { projectId } = await addProject(systemContext(server.store), { organisationId, name: randomUUID() });
  return projectId;
}

/**
 * Makes an application in a project: web, code and refresh tokens.
 *
 * @param server its store is needed now, its origin whenever the application asks for something.
 */
export async function addRelyingParty(
  server: Pick<RunningServer, 'origin' | 'store'>,
  projectId: string,
  method: keyof typeof AUTH_METHOD,
  configuration: Partial<OidcConfiguration> = {},
): Promise<RelyingParty> {
  const context = systemContext(server.store);
  const { applicationId, clientId, clientSecret } = await addOidcApplication(context, {
    projectId,
    name: randomUUID(),
    configuration: {
      redirectUris: [CALLBACK],
      postLogoutRedirectUris: [SIGNED_OUT],
      grantTypes: [0, 2],
      authMethodType: AUTH_METHOD[method],
      ...configuration,
    },
  });
  const file = method === 'privateKeyJwt' ? (await addApplicationKey(context, { applicationId })).file : undefined;

  const assertion = async (claims: Readonly<Record<string, unknown>> = {}) => {
    if (!file) throw new Error('this application has no key');
    const now = Math.floor(Date.now() / 1000);
    const payload = { iss: clientId, sub: clientId, aud: server.origin, jti: randomUUID(), iat: now, exp: now + 60 };
    return new SignJWT({ ...payload, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: file.keyId })
      .sign(createPrivateKey(file.key));
  };

  const authentication = async (): Promise<Record<string, string>> => {
    switch (method) {
      case 'basic':
      case 'post':
        return { client_id: clientId, client_secret: clientSecret ?? '' };
      case 'none':
        return { client_id: clientId };
      case 'privateKeyJwt':
        return {
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: await assertion(),
        };
    }
  };

  const post = async (path: string, form: Readonly<Record<string, string>>) =>
    postForm(`${server.origin}${path}`, { ...(await authentication()), ...form });

  return {
    applicationId,
    clientId,
    projectId,
    clientSecret,
    assertion,
    post,
    authorizeUrl: (parameters = {}) =>
      `/oauth/v2/authorize?${new URLSearchParams({
        client_id: clientId,
        response_type: 'code',
        redirect_uri: CALLBACK,
        scope: API_SCOPE,
        state: 'a-state',
        nonce: 'a-nonce',
        code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
        code_challenge_method: 'S256',
        ...parameters,
      })}`,
    exchange: (code, form = {}) =>
      post('/oauth/v2/token', {
        grant_type: 'authorization_code',
        code,
        redirect_uri: CALLBACK,
        code_verifier: VERIFIER,
        ...form,
      }),
    refresh: (refreshToken, form = {}) =>
      post('/oauth/v2/token', { grant_type: 'refresh_token', refresh_token: String(refreshToken), ...form }),
  };
}

export async function postForm(url: string, form: Readonly<Record<string, string>>): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}
