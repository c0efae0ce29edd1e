import { useState } from 'react';
import { Outlet, useLocation } from 'react-router';
import { SessionPending } from './session-pending.tsx';
import { SignInPrompt } from './sign-in-prompt.tsx';
import { useSession } from './use-session.ts';

/** Lets signed-in people through; shows everybody else the button that leads back to this exact URL. */
export function RequireSession() {
  const session = useSession();
  const { pathname, search, hash } = useLocation();
  const [wasSignedIn, setWasSignedIn] = useState(false);
  if (session && !wasSignedIn) setWasSignedIn(true);
  if (session === undefined) return <SessionPending />;
  if (session === null) return <SignInPrompt returnTo={`${pathname}${search}${hash}`} isAfterEnd={wasSignedIn} />;
  return <Outlet />;
}
