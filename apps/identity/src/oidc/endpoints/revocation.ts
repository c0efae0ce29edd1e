import type { Client, KoaContextWithOIDC } from 'oidc-provider';
import { audienceOf } from '../tokens/audience.ts';
import type { TokenDesk } from '../tokens/issue-tokens.ts';

type Entities = KoaContextWithOIDC['oidc']['entities'];
type Revocable = NonNullable<Entities['AccessToken' | 'RefreshToken' | 'ClientCredentials']>;

/**
 * Revokes as ZITADEL does: an access token dies alone, a refresh token takes the access token along, and any
 * application of the project may do it. oidc-provider's own revocation would end all tokens of the sign-in, so it is
 * told not to; the answer is an empty 200 either way (RFC 7009 section 2.2).
 *
 * @returns false: there is nothing left for oidc-provider to do.
 */
export async function revokeToken(desk: TokenDesk, client: Client, token: Revocable): Promise<false> {
  if (token.kind === 'ClientCredentials' || !token.isValid || !token.clientId || !token.grantId) return false;
  const audience = await audienceOf(desk.directory, token.clientId, []);
  if (!audience?.includes(client.clientId)) return false;
  if (token.kind === 'RefreshToken') await desk.tokenSets.endAll(token.grantId);
  else await desk.tokenSets.endAccess(token.grantId);
  return false;
}
