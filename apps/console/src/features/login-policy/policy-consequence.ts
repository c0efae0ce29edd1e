import type { LoginPolicy } from '@latchkey/contract/login-policy';
import { t } from '@lingui/core/macro';
import type { SecondFactorChange } from './login-policy-queries.ts';

/** What a change of the second factor types does to the people whose only type it is. */
export type PolicyConsequence = 'askedAgain' | 'passwordAlone' | 'setUpAnother' | 'locksOut';

/** @param after the policy as it would be after the change */
export function policyConsequence(act: SecondFactorChange['act'], after: LoginPolicy): PolicyConsequence {
  if (act === 'add') return 'askedAgain';
  if (!after.forceMfa && !after.forceMfaLocalOnly) return 'passwordAlone';
  return after.secondFactors.length > 0 ? 'setUpAnother' : 'locksOut';
}

/** The same in a sentence. @param word the second factor's word */
export function policyConsequenceWords(consequence: PolicyConsequence, word: string): string {
  switch (consequence) {
    case 'askedAgain':
      return t`People who have ${word} set up are asked for it again at their next sign-in.`;
    case 'passwordAlone':
      return t`${word} is no longer asked for. People who have no other second factor sign in with a password only.`;
    case 'setUpAnother':
      return t`${word} is no longer asked for. People who have no other second factor must set one up at their next sign-in, reached with the password alone.`;
    case 'locksOut':
      return t`A second factor is forced and no type would be left: nobody could sign in with a password any more.`;
  }
}
