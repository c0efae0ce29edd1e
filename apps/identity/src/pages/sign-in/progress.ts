import type { OfferedFactor } from '../../sign-in/assess.ts';

/** How far somebody has come with one authorization request. Kept on the server, sealed like the request itself. */
export interface Progress {
  /** Epoch milliseconds; checks from before do not count. 0: all that still holds counts. */
  readonly since: number;
  /** Whoever is signed in is to be asked whether it is them. */
  readonly pickAccount: boolean;
  readonly loginName?: string;
  /** The person wants to use a passkey instead of the password. */
  readonly byPasskey?: boolean;
  /** Session of `/v2/sessions` that grows with each check. */
  readonly sessionId?: string;
  /** The second factor that the person wants to use. */
  readonly chosen?: OfferedFactor;
  /** To where the last code went, so that a reload sends no other. */
  readonly codeSentBy?: OfferedFactor;
  /** A second factor that is being set up. */
  readonly settingUp?: SettingUp;
  readonly problem?: Problem;
}

/** What has been begun at the set-up page, and waits for a first code or for the key's answer. */
export type SettingUp =
  | { readonly kind: 'totp' /** Base32. */; readonly secret: string; readonly uri: string }
  | { readonly kind: 'u2f'; readonly tokenId: string; readonly options: unknown };

/** What went wrong with the last answer. */
export type Problem = 'credentials' | 'code' | 'codeExpired' | 'key' | 'noPasskey' | 'missing';

/** What people read. Nothing in it tells a wrong password from a locked or unknown person. */
export const PROBLEM_TEXT: Readonly<Record<Problem, string>> = {
  credentials: 'This did not work. Check the login name and the password, or ask your administrator.',
  code: 'This code is not right. Check it and try again.',
  codeExpired: 'This code is too old. Ask for a new one.',
  key: 'The key was not recognised. Try again, or choose another way.',
  noPasskey: 'There is no passkey to use here. Enter the password.',
  missing: 'Fill in the field.',
};

/** What went wrong before is over with the next answer. */
export function withoutProblem(progress: Progress): Progress {
  const { problem: _over, ...kept } = progress;
  return kept;
}
