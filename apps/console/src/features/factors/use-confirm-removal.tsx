import { type Factor, FactorRef, toFactorRef } from '@latchkey/contract/factor';
import type { SignInRules, User } from '@latchkey/contract/user';
import { t } from '@lingui/core/macro';
import * as z from 'zod/mini';
import { hasCode } from '../../api/api-error.ts';
import { factorName, factorWord } from '../../i18n/factor-words.ts';
import { isolate } from '../../i18n/isolate.ts';
import { consequenceOf } from '../../i18n/sign-in/sign-in-ask.ts';
import { consequenceWords } from '../../i18n/sign-in/sign-in-words.ts';
import { ReturnedWhy } from '../../session/returned-why.ts';
import { announce } from '../../ui/announce.tsx';
import { confirmAct, type Why } from '../../ui/confirm-store.ts';
import { useRemoveFactor } from './factors-queries.ts';
import { RemovalWayOn } from './removal-way-on.tsx';

/** A removal that waits for a fresh sign-in. */
export const RemovalIntent = z.object({ act: z.literal('removeFactor'), factor: FactorRef, why: ReturnedWhy });
export type RemovalIntent = z.infer<typeof RemovalIntent>;

/** Asks before a removal, with who, what and what follows; removes; says that it is done. */
export function useConfirmRemoval(user: User, factors: readonly Factor[], rules: SignInRules | null) {
  const { mutateAsync } = useRemoveFactor(user.userId);
  return async (factor: Factor, why?: Why): Promise<void> => {
    const name = isolate(factorName(factor));
    const displayName = isolate(user.displayName);
    const intent: Omit<RemovalIntent, 'why'> = { act: 'removeFactor', factor: toFactorRef(factor) };
    const result = await confirmAct({
      title: t`Remove ${name} from ${displayName}?`,
      facts: [
        { term: t`Person`, value: user.displayName },
        { term: t`Login name`, value: user.loginName },
        { term: t`Organisation`, value: user.organisation.name ?? user.organisation.organisationId },
        { term: t`Factor`, value: factor.state === 'ready' ? name : t`${name} (never finished)` },
      ],
      follows: consequenceWords(consequenceOf(factor, factors, rules), displayName),
      leaves: t`Sign-ins that are open now stay open: they keep the check they were made with.`,
      verb: t`Remove`,
      tone: 'danger',
      act: (given) => mutateAsync({ factor, why: given }),
      explain: (error, given) =>
        hasCode(error, 'approval_required', 'rate_limited') ? (
          <RemovalWayOn userId={user.userId} error={error} intent={{ ...intent, why: given }} />
        ) : null,
      intent,
      scope: `user:${user.userId}`,
      ...(why && { why }),
    });
    const word = factorWord(factor.kind);
    if (result === 'done') announce(t`${word} removed from ${displayName}.`);
  };
}
