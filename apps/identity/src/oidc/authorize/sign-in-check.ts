import type { KoaContextWithOIDC } from 'oidc-provider';

/** What a session of `/v2/sessions` proves at this moment. */
export interface SignInState {
  readonly userId: string;
  /** RFC 8176 names, as ZITADEL chooses them. */
  readonly amr: readonly string[];
  /** Epoch seconds of the latest check. */
  readonly authTime: number | undefined;
  /** What the person, their factors and the policy still ask for. */
  readonly missing: 'nothing' | 'password' | 'secondFactor' | 'setUp';
}

/** @returns undefined when the session ended or its person may not sign in. */
export type SignInCheck = (sessionId: string) => Promise<SignInState | undefined>;

/** What the pages hand to oidc-provider when somebody has signed in. */
export interface SignInResult {
  readonly sessionId: string;
}

/** Who is signed in in the browser, and by which session. */
export async function signInOf(
  ctx: KoaContextWithOIDC,
): Promise<{ readonly userId: string; readonly sessionId: string } | undefined> {
  const { session, result } = ctx.oidc;
  if (!session?.accountId) return undefined;
  const fresh = (result?.signIn as SignInResult | undefined)?.sessionId;
  const sessionId = fresh ?? knownSession(session.authorizations);
  return sessionId === undefined ? undefined : { userId: session.accountId, sessionId };
}

/** Each client's entry in the browser session names our session as its `sid`; all name the same. */
export function knownSession(authorizations: Readonly<Record<string, { sid?: string | undefined }>> | undefined) {
  return Object.values(authorizations ?? {}).find(({ sid }) => sid !== undefined)?.sid;
}
