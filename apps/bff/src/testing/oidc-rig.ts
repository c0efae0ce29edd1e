import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider';

/** An OpenID provider that behaves as ZITADEL does where the BFF leans on it, and counts what it was asked. */
export interface OidcRig {
  readonly issuer: string;
  readonly clientId: string;
  /** An application key in ZITADEL's format. */
  readonly keyFile: string;
  /** Who signs in next, when, and how. */
  person: RigPerson;
  /** Every request to these endpoints, in order. */
  readonly requests: { readonly endpoint: string }[];
  /** Answers in place of an endpoint until it is taken away. */
  interrupt: ((req: IncomingMessage, res: ServerResponse, path: string) => boolean) | undefined;
  /** Every token that was ever issued, for canary searches. */
  readonly issued: Set<string>;
  /** Makes the API refuse every access token issued so far. ZITADEL does so with the former one at each refresh. */
  killAccessTokens(): void;
  /** Resolves when an endpoint has been asked this many times. */
  waitFor(endpoint: string, times: number): Promise<void>;
  isRefreshTokenLive(token: string): Promise<boolean>;
  readonly signingKey: KeyObject;
  stop(): Promise<void>;
}

export interface RigPerson {
  readonly sub: string;
  readonly amr: readonly string[];
  /** Seconds the authentication lies back; re-authentication is ignored as by Login V2 when it is above 0. */
  readonly ago: number;
}

export interface RigOptions {
  readonly publicUrl: string;
  readonly folder: string;
  /** Seconds an access token lives. */
  readonly accessTokenLifetime?: number;
  /** What an application of type "none" is: no proof of who it is. */
  readonly clientAuthentication?: 'private_key_jwt' | 'none';
}

/** Starts the provider on a free port of the loopback interface. */
export async function startOidcRig(options: RigOptions): Promise<OidcRig> {
  const { folder } = options;
  const { client, signing } = rigKeys();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const keyFile = join(folder, `application-${randomBytes(4).toString('hex')}.json`);
  const key = client.privateKey.export({ format: 'pem', type: 'pkcs1' });
  writeFileSync(keyFile, JSON.stringify({ type: 'application', keyId: 'k1', key, appId: '1', clientId: 'latchkey' }));

  const rig = {
    issuer,
    clientId: 'latchkey',
    keyFile,
    person: { sub: 'alice', amr: ['pwd', 'otp', 'mfa'], ago: 0 } as RigPerson,
    requests: [] as OidcRig['requests'][number][],
    interrupt: undefined as OidcRig['interrupt'],
    issued: new Set<string>(),
    dead: new Set<string>(),
    killAccessTokens: () => {
      for (const token of rig.issued) rig.dead.add(token);
    },
    isRefreshTokenLive: async (token: string) => {
      const found = await provider.RefreshToken.find(token);
      return found?.isValid === true;
    },
    async waitFor(endpoint: string, times: number) {
      while (rig.requests.filter((request) => request.endpoint === endpoint).length < times) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    signingKey: signing.privateKey,
    stop: () => stopServer(server),
  };
  const provider = new Provider(issuer, configure(options, client.publicKey, signing.privateKey));
  reportTokens(provider, rig);
  server.on('request', (req, res) => void answer(provider, rig, req, res));
  return rig;
}

function configure(options: RigOptions, clientKey: KeyObject, signingKey: KeyObject): Configuration {
  const jwk = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' });
  return {
    clients: [
      {
        client_id: 'latchkey',
        ...(options.clientAuthentication === 'none'
          ? { token_endpoint_auth_method: 'none' }
          : {
              token_endpoint_auth_method: 'private_key_jwt',
              token_endpoint_auth_signing_alg: 'RS256',
              jwks: { keys: [jwk(clientKey, 'k1')] },
            }),
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: [`${options.publicUrl}/bff/callback`],
        post_logout_redirect_uris: [`${options.publicUrl}/signed-out`],
        // Puts `sid` into ID tokens.
        backchannel_logout_uri: `${options.publicUrl}/bff/backchannel-logout`,
        backchannel_logout_session_required: true,
      },
    ],
    jwks: { keys: [jwk(signingKey, 's1')] } as unknown as NonNullable<Configuration['jwks']>,
    cookies: { keys: ['rig'] },
    scopes: ['openid', 'offline_access', 'profile', 'email'],
    claims: { openid: ['sub', 'sid', 'auth_time', 'amr'], profile: ['name', 'preferred_username'], email: ['email'] },
    conformIdTokenClaims: true,
    pkce: { required: () => true },
    rotateRefreshToken: () => true,
    issueRefreshToken: async () => true,
    findAccount: async (_ctx, id) => ({
      accountId: id,
      claims: async () => ({
        sub: id,
        name: `Name of ${id}`,
        preferred_username: `${id}@rig`,
        email: `${id}@rig.test`,
      }),
    }),
    ttl: { AccessToken: options.accessTokenLifetime ?? 600, AuthorizationCode: 60, RefreshToken: 3600, Session: 3600 },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = form;
        },
      },
    },
    loadExistingGrant: async (ctx) => {
      // A grant for each sign-in, as in ZITADEL: to revoke one leaves the others alone.
      const { client, session } = ctx.oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile email offline_access');
      await grant.save();
      return grant;
    },
    fetch: (url, init) => {
      const { dispatcher: _, ...rest } = init as RequestInit & { dispatcher?: unknown };
      return fetch(url, rest);
    },
  };
}

function reportTokens(provider: Provider, rig: { issued: Set<string>; killAccessTokens: () => void }): void {
  provider.on('grant.success', (ctx: KoaContextWithOIDC) => {
    if (ctx.oidc.params?.grant_type === 'refresh_token') rig.killAccessTokens();
    const body = ctx.body as Record<string, unknown>;
    for (const name of ['access_token', 'refresh_token', 'id_token']) {
      if (typeof body[name] === 'string') rig.issued.add(body[name]);
    }
  });
}

async function answer(
  provider: Provider,
  rig: Pick<OidcRig, 'issuer' | 'requests' | 'interrupt' | 'person'> & { readonly dead: ReadonlySet<string> },
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const url = new URL(req.url ?? '/', rig.issuer);
  rig.requests.push({ endpoint: url.pathname });
  if (rig.interrupt?.(req, res, url.pathname)) return;
  if (url.pathname.startsWith('/interaction/')) {
    const { sub, amr, ago } = rig.person;
    const login = { accountId: sub, amr: [...amr], ts: Math.floor(Date.now() / 1000) - ago, remember: true };
    const { prompt } = await provider.interactionDetails(req, res);
    const result = prompt.name === 'login' ? { login, consent: {} } : { consent: {} };
    await provider.interactionFinished(req, res, result, { mergeWithLastSubmission: true });
    return;
  }
  if (/^\/(v2|(auth|management|admin)\/v1)\//.test(url.pathname)) {
    answerApi(req, res, rig.dead);
    return;
  }
  // What oidc-provider wants and ZITADEL does not: consent for a refresh token.
  if (url.pathname === '/auth' && url.search) {
    const prompts = new Set((url.searchParams.get('prompt') ?? '').split(' ').filter(Boolean));
    url.searchParams.set('prompt', [...prompts.add('consent')].join(' '));
    req.url = url.pathname + url.search;
  }
  await provider.callback()(req, res);
}

/** The API as far as tokens go: an empty answer for a live one. */
function answerApi(req: IncomingMessage, res: ServerResponse, dead: ReadonlySet<string>): void {
  const token = req.headers.authorization?.replace(/^Bearer /, '') ?? '';
  const refused = token === '' || dead.has(token);
  res.writeHead(refused ? 401 : 200, { 'content-type': 'application/json' });
  res.end(refused ? '{"code":16,"message":"invalid token (AUTH-7fs1e)"}' : '{}');
}

function stopServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

let keys: { client: RsaKeys; signing: RsaKeys } | undefined;
interface RsaKeys {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** The client's keys and the provider's. Making RSA keys costs more than most tests: one pair of each serves all. */
function rigKeys(): { readonly client: RsaKeys; readonly signing: RsaKeys } {
  const make = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
  keys ??= { client: make(), signing: make() };
  return keys;
}
