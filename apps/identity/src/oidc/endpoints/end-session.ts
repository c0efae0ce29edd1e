import type { Context, Middleware } from 'koa';
import { OIDC_PATHS, SIGN_IN_PATH } from '../paths.ts';
import type { TokenDesk } from '../tokens/issue-tokens.ts';
import { readForm } from './read-form.ts';

interface EndSessionRequest {
  readonly id_token_hint?: string;
  readonly client_id?: string;
  readonly post_logout_redirect_uri?: string;
  readonly state?: string;
}

const DONE = `${SIGN_IN_PATH}/logout/done`;

/**
 * Sign-out at the issuer as ZITADEL does it, which asks nobody and needs no cookie: with an ID token as hint its session
 * ends; without one nothing does. Refresh tokens stay alive either way: they are revoked at their own endpoint.
 *
 * @param endSession ends the session of `/v2/sessions` with this id.
 */
export function endSessionEndpoint(desk: TokenDesk, endSession: (sessionId: string) => Promise<void>): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== OIDC_PATHS.endSession || !['GET', 'POST'].includes(ctx.method)) return next();
    const request: EndSessionRequest = ctx.method === 'POST' ? await readForm(ctx.req) : ctx.query;
    const hint = request.id_token_hint === undefined ? undefined : await desk.signer.read(request.id_token_hint);
    if (request.id_token_hint !== undefined && !hint) return refuse(ctx, 500, 'server_error', 'Errors.Internal');

    const clientId = typeof hint?.azp === 'string' ? hint.azp : request.client_id;
    const target = request.post_logout_redirect_uri;
    if (target !== undefined && clientId !== undefined && !(await isRegistered(desk, clientId, target))) {
      return refuse(ctx, 400, 'invalid_request', 'post_logout_redirect_uri invalid');
    }
    if (typeof hint?.sid === 'string') await endSession(hint.sid);

    ctx.status = 302;
    ctx.redirect(target === undefined || clientId === undefined ? DONE : withState(target, request.state));
  };
}

async function isRegistered(desk: TokenDesk, clientId: string, target: string): Promise<boolean> {
  const application = await desk.directory.application(clientId);
  return application?.config.postLogoutRedirectUris.includes(target) ?? false;
}

function withState(target: string, state: string | undefined): string {
  const url = new URL(target);
  if (state !== undefined) url.searchParams.set('state', state);
  return url.href;
}

function refuse(ctx: Context, status: number, error: string, description: string): void {
  ctx.status = status;
  ctx.body = { error, error_description: description };
}
