import { Outlet, useLocation } from 'react-router';
import { SessionPending } from './session-pending.tsx';
import { SignInPrompt } from './sign-in-prompt.tsx';
import { useSession } from './use-session.ts';

/** Lets signed-in people through; shows everybody else the button that leads back to this exact URL. */
export function RequireSession() {
  const session = useSession();
  const { pathname, search, hash } = useLocation();
  if (session === undefined) return <SessionPending />;
  if (session === null) return <SignInPrompt returnTo={`${pathname}${search}${hash}`} />;
  return <Outlet />;
}
