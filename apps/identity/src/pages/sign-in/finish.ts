import type { Response } from 'express';
import type { SignInResult } from '../../oidc/authorize/sign-in-check.ts';
import { clearBinding } from '../../oidc/request-binding.ts';
import type { PagesContext } from './pages-context.ts';
import type { SignInRequest } from './sign-in-request.ts';

/** Hands the sign-in to oidc-provider, which goes on with the request. */
export async function finishSignIn(
  context: PagesContext,
  { id, interaction }: SignInRequest,
  response: Response,
  signedIn: { readonly userId: string; readonly sessionId: string },
): Promise<void> {
  if (interaction.session && interaction.session.accountId !== signedIn.userId) {
    // Else oidc-provider would first sign the other person out by a page that needs JavaScript.
    await context.provider.Session.adapter.destroy(interaction.session.cookie);
    interaction.session = undefined;
  }
  const signIn: SignInResult = { sessionId: signedIn.sessionId };
  interaction.result = { login: { accountId: signedIn.userId }, signIn };
  await interaction.persist();
  clearBinding(response, id);
  response.redirect(303, interaction.returnTo);
}
