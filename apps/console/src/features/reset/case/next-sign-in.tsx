import type { Reset } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { userFactorsQuery } from '../../../api/user-factors-query.ts';
import { userQuery } from '../../../api/user-query.ts';
import { signInAsk } from '../../../i18n/sign-in/sign-in-ask.ts';
import { signInWords } from '../../../i18n/sign-in/sign-in-words.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { callerSentence } from './caller-sentence.ts';

/** What the person will see next, and what to tell them. */
export function NextSignIn({ reset }: { readonly reset: Reset }) {
  const { data } = useQuery(userFactorsQuery(reset.user.userId));
  const rules = data?.signInRules ?? null;
  const words = data && rules !== null ? signInWords(signInAsk(data.factors, rules)) : null;
  const user = useQuery(userQuery(reset.user.userId)).data;
  const isLocked = reset.leftLocked || user?.state === 'locked';
  // Whoever called may have been an attacker: there is nothing to read to them.
  const sentence = reset.disputed === null ? callerSentence({ ...reset, leftLocked: isLocked }, words) : '';
  return (
    <>
      <section className="section" aria-labelledby="next">
        <h2 id="next">{t`What the person will see next`}</h2>
        <p>
          {isLocked
            ? t`The account is locked: nobody signs in to it until it is unlocked.`
            : (words ?? t`What the next sign-in asks for is not known here.`)}
        </p>
      </section>
      {sentence !== '' && (
        <section className="section" aria-labelledby="say">
          <h2 id="say">{t`Read this to the caller`}</h2>
          <blockquote className="say">{sentence}</blockquote>
          <CopyButton value={sentence} what={t`the words for the caller`} />
        </section>
      )}
    </>
  );
}
