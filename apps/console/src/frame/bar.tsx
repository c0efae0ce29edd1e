import type { Session } from '@latchkey/contract/session';
import { t } from '@lingui/core/macro';
import { lazy, Suspense } from 'react';
import { Link, NavLink } from 'react-router';
import { paths } from '../paths.ts';
import { signOut } from '../session/sign-in.ts';
import { useSession } from '../session/use-session.ts';
import { Button } from '../ui/button.tsx';

const ApprovalsCount = lazy(() => import('./approvals-count.tsx'));

/** The thin bar: the name, the places, the instance, me. */
export function Bar() {
  const session = useSession();
  return (
    <header className="bar">
      <div className="bar-inside">
        <Link className="bar-name" to={paths.home}>
          Latchkey
        </Link>
        {session && <Places session={session} />}
      </div>
    </header>
  );
}

function Places({ session: { profile, instance } }: { readonly session: Session }) {
  return (
    <>
      <nav aria-label={t`Main`}>
        <NavLink to={paths.users}>{t`Users`}</NavLink>
        <NavLink to={paths.resets}>{t`Resets`}</NavLink>
        <NavLink to={paths.approvals}>
          {t`Approvals`}
          <Suspense>
            <ApprovalsCount />
          </Suspense>
        </NavLink>
        <NavLink to={paths.policy}>{t`Policy`}</NavLink>
        <NavLink to={paths.activity}>{t`Activity`}</NavLink>
      </nav>
      <span className="bar-instance muted" title={t`The ZITADEL you are working on`}>
        {instance}
      </span>
      <NavLink className="bar-me" to={paths.me} title={profile.loginName}>
        <bdi>{profile.name}</bdi>
      </NavLink>
      <Button tone="quiet" onClick={() => void signOut()}>{t`Sign out`}</Button>
    </>
  );
}
