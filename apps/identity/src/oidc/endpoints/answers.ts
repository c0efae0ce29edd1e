import type { Middleware } from 'koa';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { userinfoClaims } from '../claims.ts';
import { discoveryDocument } from '../discovery.ts';
import { OIDC_PATHS } from '../paths.ts';
import type { TokenDesk } from '../tokens/issue-tokens.ts';
import { setUserAgentCookie } from '../user-agent-cookie.ts';
import { introspectionAnswer } from './introspection.ts';
import { introspectReadable, isRefusedForItsForm, revokeReadable } from './readable-tokens.ts';

/** Answers discovery, and gives the answers of oidc-provider the content of ZITADEL's. */
export function reshapeAnswers(desk: TokenDesk, issuer: string): Middleware {
  const discovery = discoveryDocument(issuer);
  return async (ctx, next) => {
    if (ctx.path === OIDC_PATHS.discovery && ctx.method === 'GET') ctx.body = discovery;
    else await next();
    const { oidc } = ctx as Partial<KoaContextWithOIDC>;
    if (oidc) await reshape(desk, ctx as unknown as KoaContextWithOIDC);
    setUserAgentCookie(ctx);
    ctx.set('cache-control', 'no-store');
    // Without a charset, as recorded.
    if (ctx.response.type === 'application/json') ctx.set('content-type', 'application/json');
  };
}

async function reshape(desk: TokenDesk, ctx: KoaContextWithOIDC): Promise<void> {
  const { route, entities } = ctx.oidc;
  switch (route) {
    case 'authorization':
    case 'resume':
      return reshapeRedirect(ctx);
    case 'userinfo': {
      if (ctx.status !== 200 || !entities.AccessToken) return;
      const person = await desk.directory.person(entities.AccessToken.accountId);
      if (person) ctx.body = userinfoClaims(person, entities.AccessToken.scopes);
      return;
    }
    case 'introspection':
      if (isRefusedForItsForm(ctx)) await introspectReadable(ctx);
      if (ctx.status === 200) ctx.body = await introspectionAnswer(desk, ctx);
      if (ctx.oidc.client?.clientAuthMethod === 'none') {
        ctx.status = 400;
        ctx.body = { error: 'invalid_client', error_description: 'client must be authenticated' };
      }
      return;
    case 'revocation':
      if (isRefusedForItsForm(ctx)) await revokeReadable(desk, ctx);
      return;
    default:
      return;
  }
}

/** ZITADEL redirects with 302, and its answers to a client name no `iss`. */
function reshapeRedirect(ctx: KoaContextWithOIDC): void {
  const location = ctx.response.get('location');
  if (!location) return;
  ctx.status = 302;
  ctx.set('location', location.replace(/([?#&])iss=[^&#]*&?/, '$1').replace(/[?&]$/, ''));
}
