import type { Factor } from '@latchkey/contract/factor';
import type { SignInRules, User } from '@latchkey/contract/user';
import { t } from '@lingui/core/macro';
import { factorName, factorWord } from '../../i18n/factor-words.ts';
import { isolate } from '../../i18n/isolate.ts';
import { announce } from '../../ui/announce.tsx';
import { confirmAct } from '../../ui/confirm-store.ts';
import { useRemoveFactor } from './factors-queries.ts';
import { consequenceOf } from './sign-in-ask.ts';
import { consequenceWords } from './sign-in-words.ts';

/** Asks before a removal, with who, what and what follows; removes; says that it is done. */
export function useConfirmRemoval(user: User, factors: readonly Factor[], rules: SignInRules | null) {
  const { mutateAsync } = useRemoveFactor(user.userId);
  return async (factor: Factor): Promise<void> => {
    const name = isolate(factorName(factor));
    const displayName = isolate(user.displayName);
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
      act: (reason) => mutateAsync({ factor, reason }),
    });
    const word = factorWord(factor.kind);
    if (result === 'done') announce(t`${word} removed from ${displayName}.`);
  };
}
