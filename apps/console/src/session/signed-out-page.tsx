import { t } from '@lingui/core/macro';
import { paths } from '../paths.ts';
import { PageTitle } from '../ui/page-title.tsx';
import { SignInButton } from './sign-in-button.tsx';

/** After signing out, here and at ZITADEL. */
export function SignedOutPage() {
  const title = t`You are signed out`;
  return (
    <div className="plain-page">
      <PageTitle documentTitle={title}>{title}</PageTitle>
      <p>{t`Your session has ended here and at ZITADEL, in every tab of this browser.`}</p>
      <SignInButton returnTo={paths.users} />
    </div>
  );
}
