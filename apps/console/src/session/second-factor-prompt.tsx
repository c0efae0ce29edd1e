import { t } from '@lingui/core/macro';
import { Button } from '../ui/button.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { signInAnew } from './sign-in.ts';

/** Signed in, but not well enough for ZITADEL: why, and the way back to exactly here. */
export function SecondFactorPrompt({ returnTo }: { readonly returnTo: string }) {
  const title = t`This needs a fresh sign-in.`;
  return (
    <div className="plain-page" role="alert">
      <PageTitle documentTitle={title}>{title}</PageTitle>
      <p className="lead">
        {t`ZITADEL wants a sign-in with your second factor before it answers. Sign in again; you come back to exactly here.`}
      </p>
      <Button tone="main" onClick={() => void signInAnew(returnTo)}>{t`Sign in again`}</Button>
    </div>
  );
}
