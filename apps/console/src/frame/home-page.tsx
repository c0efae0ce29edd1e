import { Navigate } from 'react-router';
import { paths } from '../paths.ts';
import { SessionPending } from '../session/session-pending.tsx';
import { SignInPrompt } from '../session/sign-in-prompt.tsx';
import { useSession } from '../session/use-session.ts';

/** Signed out: what this is, and one button. Signed in: the people. */
export function HomePage() {
  const session = useSession();
  if (session) return <Navigate to={paths.users} replace />;
  if (session === undefined) return <SessionPending />;
  return <SignInPrompt returnTo={paths.users} />;
}
