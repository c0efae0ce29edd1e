import type { Request } from 'express';
import { CLIENT_PROMPT } from '../../oidc/authorize/request.ts';
import { knownSession } from '../../oidc/authorize/sign-in-check.ts';
import { hasBinding } from '../../oidc/request-binding.ts';
import { createSignInCheck } from '../../sign-in/check-session.ts';
import { loadUser } from '../../store/load.ts';
import type { Interaction, PagesContext } from './pages-context.ts';
import type { Progress } from './progress.ts';

/** An authorization request in the browser that began it. */
export interface SignInRequest {
  readonly id: string;
  readonly interaction: Interaction;
  readonly progress: Progress;
}

/** @returns undefined when there is no such request, it ended, or another browser began it. */
export async function openRequest(
  context: PagesContext,
  request: Request,
  id: unknown,
): Promise<SignInRequest | undefined> {
  if (typeof id !== 'string' || !hasBinding(context.store.vault, request, id)) return undefined;
  const interaction = await context.provider.Interaction.find(id);
  if (!interaction) return undefined;
  const kept = interaction.lastSubmission?.progress as Progress | undefined;
  return { id, interaction, progress: kept ?? (await beginProgress(context, interaction)) };
}

export async function keepProgress(interaction: Interaction, progress: Progress): Promise<void> {
  interaction.lastSubmission = { progress };
  await interaction.persist();
}

/** Where a request begins: what it asks for, and who is signed in already (zitadel-oidc.md 5). */
async function beginProgress(context: PagesContext, interaction: Interaction): Promise<Progress> {
  const { params } = interaction;
  const prompts = new Set(String(params[CLIENT_PROMPT] ?? '').split(' '));
  const existing = await existingSignIn(context, interaction);
  const again = prompts.has('login');
  const since = again || isTooOld(params, existing?.authTime) ? Date.now() : 0;
  const hint = typeof params.login_hint === 'string' ? params.login_hint : undefined;
  const asksWho = again || prompts.has('consent') || prompts.has('create');
  const loginName = hint ?? (asksWho ? undefined : existing?.loginName);
  return {
    since,
    pickAccount: prompts.has('select_account') && existing !== undefined,
    ...(loginName === undefined ? {} : { loginName }),
    ...(existing === undefined ? {} : { sessionId: existing.sessionId }),
  };
}

function isTooOld(params: Interaction['params'], authTime: number | undefined): boolean {
  // oidc-provider turns max_age=0 into prompt=login.
  if (
    String(params.prompt ?? '')
      .split(' ')
      .includes('login')
  )
    return true;
  if (params.max_age === undefined || authTime === undefined) return false;
  return Math.floor(Date.now() / 1000) - authTime > Number(params.max_age);
}

async function existingSignIn(context: PagesContext, interaction: Interaction) {
  if (!interaction.session?.uid) return undefined;
  const browser = await context.provider.Session.findByUid(interaction.session.uid);
  const sessionId = knownSession(browser?.authorizations);
  const state = sessionId === undefined ? undefined : await createSignInCheck(context.store.db)(sessionId);
  const user = state && (await loadUser(context.store.db, state.userId));
  return sessionId && user ? { sessionId, loginName: user.username, authTime: state.authTime } : undefined;
}
