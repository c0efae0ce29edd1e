import { createBrowser } from '../browser.ts';
import { codeOf, signInFully, type TestPerson } from '../person.ts';
import type { Answer, RelyingParty } from '../relying-party.ts';

/** A sign-in that is kept alive by refreshing, as its application knows it. */
export interface SignIn {
  newest: string;
  /** The token that the newest one replaced. */
  before: string | undefined;
  /** A refresh was asked for and not answered: nobody knows whether `newest` still is the newest. */
  unanswered: boolean;
}

/** Signs the person in so many times, in one browser. */
export async function signInTimes(
  origin: string,
  application: RelyingParty,
  person: TestPerson,
  times: number,
): Promise<SignIn[]> {
  const browser = createBrowser(origin);
  const made: SignIn[] = [];
  while (made.length < times) {
    const code = codeOf(await signInFully(browser, application.authorizeUrl(), person));
    const { body } = await application.exchange(code);
    made.push({ newest: String(body.refresh_token), before: undefined, unanswered: false });
  }
  return made;
}

/**
 * Refreshes.
 *
 * @returns false when the server was gone before it answered.
 * @throws Error for a refusal.
 */
export async function refresh(application: RelyingParty, signIn: SignIn): Promise<boolean> {
  signIn.unanswered = true;
  const answer = await application.refresh(signIn.newest).catch(() => undefined);
  if (!answer) return false;
  if (answer.status !== 200) throw new Error(`a refresh was answered with ${answer.status}`);
  take(signIn, answer);
  return true;
}

function take(signIn: SignIn, { body }: Answer): void {
  signIn.before = signIn.newest;
  signIn.newest = String(body.refresh_token);
  signIn.unanswered = false;
}

/**
 * Tries the tokens of a sign-in after a kill: the newest must work and the one before must not.
 *
 * @returns `unknown` when the newest is dead and a refresh with it was under way, which may have been done.
 */
export async function trySignIn(application: RelyingParty, signIn: SignIn): Promise<'kept' | 'unknown' | 'lost'> {
  if (signIn.before !== undefined && (await application.refresh(signIn.before)).status === 200) return 'lost';
  const answer = await application.refresh(signIn.newest);
  if (answer.status !== 200) return signIn.unanswered ? 'unknown' : 'lost';
  take(signIn, answer);
  return 'kept';
}
