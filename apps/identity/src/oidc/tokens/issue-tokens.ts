import type { Client, TokenEndpointGrantContext } from 'oidc-provider';
import { newId } from '../../store/new-id.ts';
import type { OidcDirectory } from '../directory.ts';
import type { TokenSets } from '../storage/token-sets.ts';
import { audienceOf } from './audience.ts';
import { signIdToken } from './id-token.ts';
import { LIFETIMES } from './lifetimes.ts';
import type { Signer } from './signer.ts';

/** What both grants need. */
export interface TokenDesk {
  readonly directory: OidcDirectory;
  readonly tokenSets: TokenSets;
  readonly signer: Signer;
  /** Milliseconds between finding a code or refresh token and replacing it, in which another may do the same. */
  readonly refreshPause: number;
}

/** What tokens are made from: a code, or the refresh token before. */
export interface TokenSource {
  readonly tokenSetId: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly scope: string;
  readonly authTime: number | undefined;
  readonly amr: readonly string[];
  readonly nonce: string | undefined;
  /** Epoch seconds after which refreshing ends. */
  readonly endsAt: number;
}

/** ZITADEL's token answer: it names no scope. */
interface TokenAnswer {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly refresh_token?: string;
  readonly expires_in: number;
  readonly id_token?: string;
}

/** Makes the tokens of a token set and lets them take the place of those before. */
export async function issueTokens(
  desk: TokenDesk,
  ctx: TokenEndpointGrantContext,
  source: TokenSource,
): Promise<TokenAnswer> {
  const { client, provider } = ctx.oidc;
  const scopes = new Set(source.scope.split(' '));
  const madeAfter = await desk.directory.lastPosition();
  const shared = {
    client,
    accountId: source.userId,
    grantId: source.tokenSetId,
    gty: 'authorization_code',
    sid: source.sessionId,
  };
  const access = new provider.AccessToken({ ...shared, scope: source.scope });
  const format = await accessTokenFormat(desk, client);
  // Kept and looked up like an opaque one, so that it dies like one.
  if (format === 'jwt') {
    Object.assign(access, { jti: await jwtAccessToken(desk, client, source), format: 'opaque' });
  }
  ctx.oidc.entity('AccessToken', access);
  const accessToken = await access.save();

  let refreshToken: string | undefined;
  if (scopes.has('offline_access') && client.grantTypeAllowed('refresh_token')) {
    const { scope, nonce } = source;
    refreshToken = await new provider.RefreshToken({
      ...shared,
      scope,
      ...(nonce === undefined ? {} : { nonce }),
      expiresIn: Math.min(LIFETIMES.refreshIdle, source.endsAt - Math.floor(Date.now() / 1000)),
    }).save();
  }
  await desk.tokenSets.replace(source.tokenSetId, { accessToken, refreshToken, madeAfter });

  return {
    access_token: accessToken,
    token_type: 'Bearer',
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    expires_in: LIFETIMES.accessToken - 1,
    ...(scopes.has('openid') ? { id_token: await idToken(desk, client, source, accessToken) } : {}),
  };
}

async function idToken(desk: TokenDesk, client: Client, source: TokenSource, accessToken: string): Promise<string> {
  const { clientId } = client;
  return signIdToken(desk.signer, { ...source, clientId, audience: await audience(desk, client, source) }, accessToken);
}

async function audience(desk: TokenDesk, { clientId }: Client, source: TokenSource): Promise<string[]> {
  return (await audienceOf(desk.directory, clientId, source.scope.split(' '))) ?? [clientId];
}

/** `zitadel.app.v1.OIDCTokenType`: 1 is JWT. */
async function accessTokenFormat(desk: TokenDesk, client: Client): Promise<'opaque' | 'jwt'> {
  const application = await desk.directory.application(client.clientId);
  return application?.config.accessTokenType === 1 ? 'jwt' : 'opaque';
}

/** An access token that can be read: ZITADEL's claims, without scope, sid and amr. */
async function jwtAccessToken(desk: TokenDesk, client: Client, source: TokenSource): Promise<string> {
  const iat = Math.floor(Date.now() / 1000);
  return desk.signer.sign({
    sub: source.userId,
    aud: await audience(desk, client, source),
    exp: iat + LIFETIMES.accessToken,
    iat,
    nbf: iat,
    client_id: client.clientId,
    // Two of one second are told apart by nothing else.
    jti: accessTokenId(source.tokenSetId, newId()),
  });
}

/** ZITADEL's form: its session of OIDC, then the token. */
export function accessTokenId(tokenSetId: string, tokenId: string | number): string {
  return `V2_${tokenSetId}-at_${tokenId}`;
}
