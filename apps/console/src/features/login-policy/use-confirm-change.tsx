import type { Approval } from '@latchkey/contract/approval';
import { type LoginPolicy, SecondFactorType } from '@latchkey/contract/login-policy';
import { lockOutWord, type PolicyReasonBody } from '@latchkey/contract/removal';
import { t } from '@lingui/core/macro';
import * as z from 'zod/mini';
import { useRequestApproval } from '../../api/approvals-query.ts';
import { factorWord } from '../../i18n/factor-words.ts';
import { ReturnedWhy } from '../../session/returned-why.ts';
import { announce } from '../../ui/announce.tsx';
import { type ConfirmationResult, confirmAct, type Why } from '../../ui/confirm-store.ts';
import { type SecondFactorChange, useChangeSecondFactor, withSecondFactor } from './login-policy-queries.ts';
import type { PolicyApprovals } from './policy-approvals.ts';
import { policyConsequence, policyConsequenceWords } from './policy-consequence.ts';
import { RelianceCount } from './reliance-count.tsx';

type Act = SecondFactorChange['act'];

/** The change as the wire calls it. */
const wireAct = { remove: 'removeSecondFactor', add: 'addSecondFactor' } as const;

/** A change that waits for a fresh sign-in. */
export const ChangeIntent = z.object({
  change: z.enum(['remove', 'add']),
  type: SecondFactorType,
  why: ReturnedWhy,
});
export type ChangeIntent = z.infer<typeof ChangeIntent>;

/** `asked`: a second person was asked for it; nothing has changed yet. */
export type ChangeResult = ConfirmationResult | 'asked';

/**
 * Asks before a change of the second factor types, changes, and says that it is done. Where the operator wants a second
 * person, and none has approved it yet, the same question asks for one.
 */
export function useConfirmChange(policy: LoginPolicy, approvals: PolicyApprovals) {
  const { mutateAsync } = useChangeSecondFactor();
  const request = useRequestApproval();
  return async (act: Act, type: SecondFactorType, why?: Why): Promise<ChangeResult> => {
    const approval = approvals(act, type);
    // What was approved is done for the reason it was asked for.
    const given = why ?? (approval?.state === 'approved' ? toWhy(approval) : undefined);
    const isAsking = policy.approvalRequired === true && approval?.state !== 'approved';
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
      leaves: isAsking
        ? t`This needs a second person: nothing changes before they approve it.`
        : isRemoval
          ? t`Nobody's enrolment is deleted: added back, it is asked for again.`
          : null,
      verb: isAsking ? t`Ask for approval` : isRemoval ? t`Remove` : t`Add back`,
      tone: isRemoval && !isAsking ? 'danger' : 'plain',
      act: (reasons) => {
        const body: PolicyReasonBody = locksOut ? { ...reasons, confirm: lockOutWord } : reasons;
        if (isAsking) return request.mutateAsync({ ...body, kind: 'policy', act: wireAct[act], type });
        return mutateAsync({ act, type, why: approval ? { ...body, approvalId: approval.approvalId } : body });
      },
      intent: { change: act, type } satisfies Omit<ChangeIntent, 'why'>,
      // A request is made elsewhere than the change: what is good for the policy alone does not open it.
      scope: isAsking ? null : 'login-policy',
      ...(given && { why: given }),
    });
    if (result === 'done' && isAsking) {
      announce(t`A second person is asked.`);
      return 'asked';
    }
    if (result === 'done') {
      announce(isRemoval ? t`${word} removed from the login policy.` : t`${word} added back to the login policy.`);
    }
    return result;
  };
}

const toWhy = ({ reason, ticket }: Approval): Why => (ticket === null ? { reason } : { reason, ticket });
