import { t } from '@lingui/core/macro';
import { Button } from '../ui/button.tsx';
import { signInAgain } from './sign-in.ts';

type StepUpPromptProps = {
  /** What the sign-in is to be good for, and nothing else; null where it cannot be narrowed. */
  readonly scope: string | null;
  readonly intent: object;
};

/** Why the act was not done yet, and the way to do it: a fresh sign-in that comes back to the same question. */
export function StepUpPrompt({ scope, intent }: StepUpPromptProps) {
  const leave = () => signInAgain(`${location.pathname}${location.search}`, scope, intent);
  return (
    <div className="trouble trouble-mild" role="alert">
      <p>
        <strong>{t`This needs a fresh sign-in.`}</strong> {t`Nothing was changed.`}
      </p>
      <p>
        {t`Yours is older than five minutes, or was made without the passkey that you have. Sign in again, with your passkey or your second factor if you have one; you come back to this question.`}
      </p>
      <p className="trouble-foot">
        <Button tone="main" onClick={() => void leave()}>{t`Sign in again`}</Button>
      </p>
    </div>
  );
}
