import { t } from '@lingui/core/macro';
import { useEffect } from 'react';
import { paths } from '../paths.ts';
import { PageTitle } from '../ui/page-title.tsx';
import { SignInButton } from './sign-in-button.tsx';

/** After signing out, here and at ZITADEL. The state that ZITADEL hands back has done its work and leaves the address. */
export function SignedOutPage() {
  useEffect(() => history.replaceState(history.state, '', paths.signedOut), []);
  const title = t`You are signed out`;
  return (
    <div className="plain-page">
      <PageTitle documentTitle={title}>{title}</PageTitle>
      <p>{t`Your session has ended here and at ZITADEL, in every tab of this browser.`}</p>
      <SignInButton returnTo={paths.users} />
    </div>
  );
}
