import type { OfferedFactor } from '../../sign-in/assess.ts';

/** How far somebody has come with one authorization request. Kept on the server, sealed like the request itself. */
export interface Progress {
  /** Epoch milliseconds; checks from before do not count. 0: all that still holds counts. */
  readonly since: number;
  /** Whoever is signed in is to be asked whether it is them. */
  readonly pickAccount: boolean;
  readonly loginName?: string;
  /** Session of `/v2/sessions` that grows with each check. */
  readonly sessionId?: string;
  /** The second factor that the person wants to use. */
  readonly chosen?: OfferedFactor;
  /** To where the last code went, so that a reload sends no other. */
  readonly codeSentBy?: OfferedFactor;
  readonly problem?: Problem;
}

/** What went wrong with the last answer. */
export type Problem = 'credentials' | 'code' | 'codeExpired' | 'key' | 'missing';

/** What people read. Nothing in it tells a wrong password from a locked or unknown person. */
export const PROBLEM_TEXT: Readonly<Record<Problem, string>> = {
  credentials: 'This did not work. Check the login name and the password, or ask your administrator.',
  code: 'This code is not right. Check it and try again.',
  codeExpired: 'This code is too old. Ask for a new one.',
  key: 'The security key was not recognised. Try again.',
  missing: 'Fill in the field.',
};
