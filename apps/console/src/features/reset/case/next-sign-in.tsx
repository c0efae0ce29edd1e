import type { Reset } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { userFactorsQuery } from '../../../api/user-factors-query.ts';
import { userQuery } from '../../../api/user-query.ts';
import { explainFailure } from '../../../i18n/explain-failure.ts';
import { signInAsk } from '../../../i18n/sign-in/sign-in-ask.ts';
import { signInWords } from '../../../i18n/sign-in/sign-in-words.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Trouble } from '../../../ui/trouble.tsx';
import { callerSentence } from './caller-sentence.ts';

/** What the person will see next, and what to tell them: once both are known, so that nobody reads half of it aloud. */
export function NextSignIn({ reset }: { readonly reset: Reset }) {
  const factors = useQuery(userFactorsQuery(reset.user.userId));
  const user = useQuery(userQuery(reset.user.userId));
  const rules = factors.data?.signInRules ?? null;
  const words = factors.data && rules !== null ? signInWords(signInAsk(factors.data.factors, rules)) : null;
  const isLocked = reset.leftLocked || user.data?.state === 'locked';
  const isPending = factors.isPending || user.isPending;
  // Whoever called may have been an attacker: there is nothing to read to them.
  const sentence = reset.disputed === null ? callerSentence({ ...reset, leftLocked: isLocked }, words) : '';
  return (
    <>
      <section className="section" aria-labelledby="next">
        <h2 id="next">{t`What the person will see next`}</h2>
        {isPending ? (
          <Skeleton rows={1} />
        ) : (
          <p>
            {isLocked
              ? t`The account is locked: nobody signs in to it until it is unlocked.`
              : (words ?? t`What the next sign-in asks for is not known here.`)}
          </p>
        )}
        {factors.error !== null && (
          <Trouble {...explainFailure(factors.error, 'read')} onRetry={() => void factors.refetch()} />
        )}
      </section>
      {sentence !== '' && !isPending && (
        <section className="section" aria-labelledby="say">
          <h2 id="say">{t`Read this to the caller`}</h2>
          <blockquote className="say">{sentence}</blockquote>
          <CopyButton value={sentence} what={t`the words for the caller`} />
        </section>
      )}
    </>
  );
}
