import type { Middleware } from 'koa';
import { OIDC_PATHS } from '../paths.ts';

/** Where the client's own `prompt` waits, while oidc-provider sees one of ours. */
export const CLIENT_PROMPT = 'client_prompt';

/** Where the client's own `scope` waits: oidc-provider keeps only those that it was told of. */
export const CLIENT_SCOPE = 'client_scope';

const RESPONSE_MODES = new Set(['query', 'fragment', 'form_post']);

/** Parameters that mean nothing to ZITADEL's pages, and that oidc-provider would refuse where they are not right. */
const IGNORED = ['acr_values', 'claims', 'id_token_hint', 'registration', 'request_uri', 'resource'];

/** Those that oidc-provider refuses without `openid`; ZITADEL takes no notice of them. */
const OPENID_ONLY = ['nonce', 'max_age'];

const PROMPTS = new Set(['none', 'login', 'consent', 'select_account', 'create']);

/**
 * Makes ZITADEL's idea of an authorization request fit oidc-provider's:
 * - nobody is asked for consent, so `prompt=consent` is said in every client's name; without it oidc-provider takes
 *   `offline_access` away. What the client asked for is judged by our own policy (sign-in-policy.ts).
 * - unknown prompts and response modes are dropped without a word, and so is what it takes no notice of.
 * - a `plain` challenge gets as far as the token endpoint, where only S256 ones are met.
 */
export const reshapeRequest: Middleware = async (ctx, next) => {
  if (ctx.path !== OIDC_PATHS.authorization) return next();
  const query: Record<string, string | string[] | undefined> = { ...ctx.query };
  const prompts = String(query.prompt ?? '')
    .split(' ')
    .filter((prompt) => PROMPTS.has(prompt));
  if (prompts.includes('none') && prompts.length > 1) {
    ctx.status = 400;
    ctx.body = {
      error: 'invalid_request',
      error_description: 'The prompt parameter `none` must only be used as a single value',
    };
    return;
  }
  query.prompt = 'consent';
  query[CLIENT_PROMPT] = prompts.join(' ');
  query[CLIENT_SCOPE] = String(query.scope ?? '');
  const openid = String(query.scope ?? '')
    .split(' ')
    .includes('openid');
  for (const name of [...IGNORED, ...(openid ? [] : OPENID_ONLY)]) delete query[name];
  if (!RESPONSE_MODES.has(String(query.response_mode))) delete query.response_mode;
  if (query.code_challenge) query.code_challenge_method = 'S256';
  else delete query.code_challenge_method;
  ctx.query = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as typeof ctx.query;
  return next();
};
