import type { KoaContextWithOIDC } from 'oidc-provider';
import type { TokenDesk } from '../tokens/issue-tokens.ts';
import { revokeToken } from './revocation.ts';

/**
 * Whether oidc-provider refused a token for nothing but its form. It takes no JWT for introspection or revocation, and
 * says so once it knows the client; ZITADEL treats readable access tokens as it treats the others, and here they are kept
 * and looked up like those.
 */
export function isRefusedForItsForm(ctx: KoaContextWithOIDC): boolean {
  return ctx.status === 400 && (ctx.body as { error?: unknown })?.error === 'unsupported_token_type';
}

/** Looks the token up after all, for the answer that introspection gives then. */
export async function introspectReadable(ctx: KoaContextWithOIDC): Promise<void> {
  const token = await find(ctx);
  if (token?.isValid) ctx.oidc.entity('AccessToken', token);
  ctx.status = 200;
}

/** Revokes the token after all; the answer is an empty 200 also for one that is not known (RFC 7009 section 2.2). */
export async function revokeReadable(desk: TokenDesk, ctx: KoaContextWithOIDC): Promise<void> {
  const token = await find(ctx);
  if (token && ctx.oidc.client) await revokeToken(desk, ctx.oidc.client, token);
  ctx.status = 200;
  ctx.body = '';
}

function find({ oidc }: KoaContextWithOIDC) {
  return oidc.provider.AccessToken.find(String(oidc.params?.token));
}
