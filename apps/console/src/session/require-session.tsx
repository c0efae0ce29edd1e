import { useState } from 'react';
import { Outlet, useLocation } from 'react-router';
import { SecondFactorPrompt } from './second-factor-prompt.tsx';
import { useSecondFactorWanted } from './second-factor-wanted.ts';
import { SessionPending } from './session-pending.tsx';
import { SignInPrompt } from './sign-in-prompt.tsx';
import { useSession } from './use-session.ts';

/** Lets signed-in people through; shows everybody else the button that leads back to this exact URL. */
export function RequireSession() {
  const session = useSession();
  const isSecondFactorWanted = useSecondFactorWanted();
  const { pathname, search, hash } = useLocation();
  const [wasSignedIn, setWasSignedIn] = useState(false);
  if (session && !wasSignedIn) setWasSignedIn(true);
  if (session === undefined) return <SessionPending />;
  const returnTo = `${pathname}${search}${hash}`;
  if (session === null) return <SignInPrompt returnTo={returnTo} isAfterEnd={wasSignedIn} />;
  if (isSecondFactorWanted) return <SecondFactorPrompt returnTo={returnTo} />;
  return <Outlet />;
}
