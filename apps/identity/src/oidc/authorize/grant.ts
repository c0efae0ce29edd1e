import { randomBytes } from 'node:crypto';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { CLIENT_SCOPE } from './request.ts';
import { type SignInCheck, signInOf } from './sign-in-check.ts';

type Grant = InstanceType<KoaContextWithOIDC['oidc']['provider']['Grant']>;

/**
 * Grants what was asked for, without asking: ZITADEL knows no consent. Scopes that oidc-provider never heard of (audience
 * scopes with a project's id) are granted as well. The grant only passes them on to the code and is not stored.
 *
 * The browser session learns here which session of ours it stands for, and what that proves today: a factor that was
 * removed since no longer counts.
 */
export async function grantAll(check: SignInCheck, ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { client, params, provider, session } = ctx.oidc;
  const signIn = await signInOf(ctx);
  const state = signIn && (await check(signIn.sessionId));
  if (!client || !session || !state) return undefined;
  session.loginAccount({
    accountId: state.userId,
    amr: [...state.amr],
    ...(state.authTime === undefined ? {} : { loginTs: state.authTime }),
  });
  for (const clientId of [client.clientId, ...Object.keys(session.authorizations ?? {})]) {
    session.sidFor(clientId, signIn.sessionId);
  }
  const scope = params?.[CLIENT_SCOPE];
  if (params && typeof scope === 'string' && scope) params.scope = scope;
  const grant = new provider.Grant({ accountId: state.userId, clientId: client.clientId });
  grant.jti = randomBytes(16).toString('base64url');
  grant.addOIDCScope(ctx.oidc.requestParamScopes);
  return grant;
}
