import type { Reset, ResetStep } from '@latchkey/contract/reset';
import { t } from '@lingui/core/macro';
import { formatList } from '../../../i18n/format.ts';
import { deedFactor } from '../words/deed-words.ts';

/**
 * What to read to the caller at the end. It promises nothing that was not done.
 *
 * @param nextSignIn what sign-in asks from now on, in words; null when that is not known
 */
export function callerSentence(
  reset: Pick<Reset, 'steps' | 'leftLocked' | 'notice'>,
  nextSignIn: string | null,
): string {
  const done = reset.steps.filter(({ state }) => state === 'done' || state === 'unneeded');
  const factors = formatList(done.flatMap(({ deed }) => (deed.step === 'removeFactor' ? [deedFactor(deed)] : [])));
  const sentences = [
    factors === '' ? null : t`We removed this from your account: ${factors}.`,
    has(done, 'endLaterSessions') ? t`You are signed out everywhere.` : null,
    has(done, 'sendPasswordReset') ? t`You get a mail to set a new password: do that first.` : null,
    has(done, 'sendPasskeyLink') ? t`You get a mail with a link to register a passkey.` : null,
    reset.leftLocked ? t`Your account stays locked until we unlock it.` : nextSignInSentence(nextSignIn),
    reset.notice?.notMe && reset.notice.state === 'sent'
      ? t`A mail tells you what was done. If anybody does this without you, press the button in it.`
      : null,
  ];
  return sentences.filter((sentence) => sentence !== null).join(' ');
}

const nextSignInSentence = (words: string | null): string | null =>
  words === null ? null : t`Your next sign-in asks for this: ${words}`;

const has = (steps: readonly ResetStep[], step: ResetStep['deed']['step']): boolean =>
  steps.some(({ deed }) => deed.step === step);
