import type { KoaContextWithOIDC } from 'oidc-provider';
import { interactionPolicy } from '../library.ts';
import { CLIENT_PROMPT } from './request.ts';
import { type SignInCheck, signInOf } from './sign-in-check.ts';

const { Check, Prompt } = interactionPolicy;

type Policy = ReturnType<typeof interactionPolicy.base>;

/**
 * When somebody has to see a page, as ZITADEL's Login V1 decides it (`prompt`, `max_age`, and what the session of the
 * browser still proves).
 */
export function createSignInPolicy(check: SignInCheck): Policy {
  const policy = interactionPolicy.base();
  policy.clear();
  // ZITADEL answers prompt=none with interaction_required, never with login_required.
  const signIn = new Check('sign_in', 'interaction required', 'interaction_required', (ctx) => needsPages(check, ctx));
  const login = new Prompt({ name: 'login', requestable: true }, signIn);
  login.checks.remove('login_prompt');
  const consent = new Prompt({ name: 'consent', requestable: true });
  consent.checks.clear();
  policy.add(login);
  policy.add(consent);
  return policy;
}

async function needsPages(check: SignInCheck, ctx: KoaContextWithOIDC): Promise<boolean> {
  const { params, result } = ctx.oidc;
  if (result?.login) return false;
  const prompts = String(params?.[CLIENT_PROMPT] ?? '').split(' ');
  const signIn = await signInOf(ctx);
  const state = signIn && (await check(signIn.sessionId));
  const current = state?.missing === 'nothing' && state.userId === signIn?.userId;
  const wanted =
    !current ||
    ['login', 'select_account', 'consent', 'create'].some((prompt) => prompts.includes(prompt)) ||
    // oidc-provider turns max_age=0 into prompt=login.
    String(params?.prompt ?? '')
      .split(' ')
      .includes('login') ||
    isTooOld(params?.max_age, state.authTime);
  if (wanted && prompts.includes('none')) return refuseSilently(ctx);
  return wanted;
}

/** oidc-provider raises the check's error by itself when `none` is among the prompts it knows. */
function refuseSilently(ctx: KoaContextWithOIDC): true {
  if (ctx.oidc.params) ctx.oidc.params.prompt = 'none';
  return true;
}

function isTooOld(maxAge: unknown, authTime: number | undefined): boolean {
  if (maxAge === undefined) return false;
  return authTime === undefined || Math.floor(Date.now() / 1000) - authTime > Number(maxAge);
}
