import { t } from '@lingui/core/macro';
import { PageTitle } from '../ui/page-title.tsx';
import { SignInButton } from './sign-in-button.tsx';

type SignInPromptProps = {
  readonly returnTo: string;
  /** There was a session a moment ago, on this very page. */
  readonly isAfterEnd?: boolean;
};

/** Signed out: what this is in a few lines, and one button. */
export function SignInPrompt({ returnTo, isAfterEnd = false }: SignInPromptProps) {
  return (
    <div className="plain-page">
      {isAfterEnd && (
        <p className="banner" role="alert">
          {t`Your session has ended. Sign in to come back to exactly here; nothing that was unfinished has been done.`}
        </p>
      )}
      <PageTitle documentTitle={t`Sign in`}>{t`Get people back in, safely.`}</PageTitle>
      <p className="lead">
        {t`Latchkey is the console for the moment when somebody has lost a phone and cannot sign in, and for the moment when somebody says so and lies.`}
      </p>
      <ul>
        <li>{t`See every second factor of a person, and remove the one that was lost.`}</li>
        <li>{t`See which second factors the login policy allows, remove one or add it back.`}</li>
        <li>{t`Everything happens with your own rights in ZITADEL, and with a reason.`}</li>
      </ul>
      <SignInButton returnTo={returnTo} />
    </div>
  );
}
