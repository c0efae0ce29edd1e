import type { FactorRef } from '@latchkey/contract/factor';
import type { SecondFactorType } from '@latchkey/contract/login-policy';
import type { UserPlace } from '../zitadel/user-place.ts';

/** Everything Latchkey changes in ZITADEL, each with what it is done to. A new kind of act is one new member. */
export type Act =
  | { readonly act: 'removeFactor'; readonly user: UserPlace; readonly factor: FactorRef; readonly name?: string }
  | { readonly act: 'removeSecondFactor' | 'addSecondFactor'; readonly type: SecondFactorType }
  | { readonly act: 'endSession'; readonly user: UserPlace; readonly sessionId: string }
  | { readonly act: 'lockUser' | 'unlockUser'; readonly user: UserPlace };

/** Why an act is done, in the words of who does it. */
export interface Why {
  readonly reason: string;
  readonly ticket?: string | undefined;
}

/**
 * What became of an act. `refused`: ZITADEL said no and nothing was changed. `resolved…`: the process died between
 * intent and outcome, and somebody looked later.
 */
export type ActOutcome = 'done' | 'unneeded' | 'notDone' | 'unknown' | 'refused' | 'resolvedDone' | 'resolvedNotDone';
