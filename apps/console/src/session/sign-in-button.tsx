import { t } from '@lingui/core/macro';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { prepareSignIn, signIn } from './sign-in.ts';

/** Leads to the sign-in pages and back to `returnTo`. Nothing signs in by itself. */
export function SignInButton({ returnTo }: { readonly returnTo: string }) {
  const [isLeaving, setIsLeaving] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);

  const leave = async () => {
    setIsLeaving(true);
    setHasFailed(false);
    try {
      await signIn(returnTo);
    } catch {
      setHasFailed(true);
      setIsLeaving(false);
    }
  };
  return (
    <>
      <p>
        <Button
          tone="main"
          isDisabled={isLeaving}
          onPointerEnter={prepareSignIn}
          onFocus={prepareSignIn}
          onClick={() => void leave()}
        >{t`Sign in`}</Button>
      </p>
      {hasFailed && (
        <Trouble
          happened={t`Signing in could not be started.`}
          notDone={null}
          todo={t`Reload the page, then try again. Latchkey needs this site's session storage.`}
          requestId={null}
        />
      )}
    </>
  );
}
