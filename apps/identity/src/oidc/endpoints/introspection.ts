import { decodeJwt } from 'jose';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { userinfoClaims } from '../claims.ts';
import { audienceOf } from '../tokens/audience.ts';
import { accessTokenId, type TokenDesk } from '../tokens/issue-tokens.ts';

const INACTIVE = { active: false } as const;

/** What introspection tells of an access token; of refresh tokens ZITADEL says that they are not active. */
export async function introspectionAnswer(desk: TokenDesk, ctx: KoaContextWithOIDC): Promise<unknown> {
  const { AccessToken: token, Client: asking } = ctx.oidc.entities;
  if (!token?.clientId || !token.scope || !asking) return INACTIVE;
  const [audience, tokenSet, person] = await Promise.all([
    audienceOf(desk.directory, token.clientId, token.scopes),
    desk.tokenSets.find(token.grantId),
    desk.directory.person(token.accountId),
  ]);
  // Any application of the same project may ask.
  if (!audience?.includes(asking.clientId) || !tokenSet || !person) return INACTIVE;
  const amr = JSON.parse(tokenSet.amr) as string[];
  return {
    active: true,
    scope: token.scope,
    client_id: token.clientId,
    token_type: 'Bearer',
    exp: token.exp,
    iat: token.iat,
    ...(tokenSet.auth_time === null ? {} : { auth_time: tokenSet.auth_time }),
    nbf: token.iat,
    sub: person.id,
    aud: audience,
    ...(amr.length ? { amr } : {}),
    iss: ctx.oidc.issuer,
    // A readable token is its own name, and has said which it is; an opaque one is known by its place among the events.
    jti: token.jti.includes('.') ? decodeJwt(token.jti).jti : accessTokenId(tokenSet.id, tokenSet.made_after),
    username: person.loginName,
    ...userinfoClaims(person, token.scopes),
  };
}
