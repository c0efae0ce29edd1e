import { type LoginPolicy, SecondFactorType } from '@latchkey/contract/login-policy';
import { lockOutWord } from '@latchkey/contract/removal';
import { t } from '@lingui/core/macro';
import * as z from 'zod/mini';
import { factorWord } from '../../i18n/factor-words.ts';
import { ReturnedWhy } from '../../session/returned-why.ts';
import { announce } from '../../ui/announce.tsx';
import { type ConfirmationResult, confirmAct, type Why } from '../../ui/confirm-store.ts';
import { type SecondFactorChange, useChangeSecondFactor, withSecondFactor } from './login-policy-queries.ts';
import { policyConsequence, policyConsequenceWords } from './policy-consequence.ts';
import { RelianceCount } from './reliance-count.tsx';

type Act = SecondFactorChange['act'];

/** A change that waits for a fresh sign-in. */
export const ChangeIntent = z.object({
  change: z.enum(['remove', 'add']),
  type: SecondFactorType,
  why: ReturnedWhy,
});
export type ChangeIntent = z.infer<typeof ChangeIntent>;

/** Asks before a change of the second factor types, changes, and says that it is done. */
export function useConfirmChange(policy: LoginPolicy) {
  const { mutateAsync } = useChangeSecondFactor();
  return async (act: Act, type: SecondFactorType, why?: Why): Promise<ConfirmationResult> => {
    const word = factorWord(type);
    const isRemoval = act === 'remove';
    const consequence = policyConsequence(act, withSecondFactor(policy, act, type));
    const locksOut = consequence === 'locksOut';
    const result = await confirmAct({
      title: isRemoval ? t`Remove ${word} from the login policy?` : t`Add ${word} back to the login policy?`,
      facts: [
        { term: t`Policy`, value: t`The login policy of the instance` },
        { term: t`Second factor`, value: word },
      ],
      follows: policyConsequenceWords(consequence, word),
      ...(isRemoval && { evidence: <RelianceCount type={type} /> }),
      ...(locksOut && { typed: lockOutWord }),
      leaves: isRemoval ? t`Nobody's enrolment is deleted: added back, it is asked for again.` : null,
      verb: isRemoval ? t`Remove` : t`Add back`,
      tone: isRemoval ? 'danger' : 'plain',
      act: (given) => mutateAsync({ act, type, why: locksOut ? { ...given, confirm: lockOutWord } : given }),
      intent: { change: act, type } satisfies Omit<ChangeIntent, 'why'>,
      scope: 'login-policy',
      ...(why && { why }),
    });
    if (result === 'done') {
      announce(isRemoval ? t`${word} removed from the login policy.` : t`${word} added back to the login policy.`);
    }
    return result;
  };
}
