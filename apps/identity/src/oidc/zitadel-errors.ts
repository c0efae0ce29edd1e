import type { KoaContextWithOIDC } from 'oidc-provider';

/** An error answer. */
interface Refusal {
  readonly status: number;
  readonly error: string;
  readonly description: string;
}

/** What oidc-provider says, as far as it matters here. */
interface ProviderError extends Error {
  readonly error?: string;
  readonly error_description?: string | undefined;
  readonly error_detail?: string | undefined;
}

/** Errors of oidc-provider that mean the same in ZITADEL under other words (each seen on a real server). */
const CLIENT_WORDS: Readonly<Record<string, readonly [error: string, description: string]>> = {
  'client not found': ['invalid_client', 'no active client not found'],
  'invalid secret provided': ['invalid_client', 'invalid secret'],
  'client_secret must be provided in the Authorization header': ['invalid_client', 'empty client secret'],
  'no client authentication mechanism provided': ['invalid_request', 'client_id or client_assertion must be provided'],
};

const WRONG_MECHANISM =
  'the provided authentication mechanism does not match the registered client authentication method';

/** Answers with ZITADEL's error where oidc-provider raised one at an endpoint of clients: token, introspect, revoke. */
export function answerClientError(ctx: KoaContextWithOIDC, error: ProviderError): void {
  answer(ctx, toClientRefusal(ctx, error));
}

function toClientRefusal(ctx: KoaContextWithOIDC, error: ProviderError): Refusal {
  const status = 400;
  if (ctx.oidc.route === 'token' && !ctx.oidc.params?.grant_type) {
    return { status, error: 'invalid_request', description: 'grant_type missing' };
  }
  const said = error.error_detail ?? error.error_description ?? '';
  const words = CLIENT_WORDS[said];
  if (words) return { status, error: words[0], description: words[1] };
  if (said === WRONG_MECHANISM) {
    const secretMissing = ctx.oidc.client?.clientAuthMethod?.startsWith('client_secret');
    return {
      status,
      error: 'invalid_client',
      description: secretMissing ? 'empty client secret' : 'client must be authenticated',
    };
  }
  if (ctx.oidc.params?.client_assertion && error.error === 'invalid_client') {
    return { status, error: 'invalid_client', description: 'invalid assertion' };
  }
  return { status, error: error.error ?? 'server_error', description: error.error_description ?? '' };
}

/** Answers with ZITADEL's error at the user-info endpoint. */
export function answerUserinfoError(ctx: KoaContextWithOIDC): void {
  const missing = !ctx.get('authorization');
  answer(ctx, {
    status: 401,
    error: missing ? 'invalid_request' : 'access_denied',
    description: missing ? 'access token missing' : 'access token invalid',
  });
}

/** A page of ours, as text. */
export interface RenderedPage {
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Answers an authorization request that cannot be sent back to its client; by a page where a person is waiting. */
export function answerAuthorizationError(ctx: KoaContextWithOIDC, error: ProviderError, ended: RenderedPage): void {
  if (ctx.oidc.route === 'resume') {
    ctx.status = 400;
    ctx.set({ ...ended.headers });
    ctx.type = 'html';
    ctx.body = ended.text;
    return;
  }
  const description =
    error.error === 'invalid_client' || !ctx.oidc.client
      ? 'Errors.App.NotFound'
      : (error.error_description ?? 'Errors.Internal');
  answer(ctx, { status: 400, error: 'invalid_request', description });
}

function answer(ctx: KoaContextWithOIDC, { status, error, description }: Refusal): void {
  ctx.status = status;
  ctx.remove('www-authenticate');
  ctx.body = { error, error_description: description };
}
