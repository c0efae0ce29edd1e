import { t } from '@lingui/core/macro';
import { useSearchParams } from 'react-router';
import { paths } from '../paths.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { SignInButton } from './sign-in-button.tsx';

// Whatever else stands in the address is not shown: anybody can write an address.
const requestIdPattern = /^[A-Za-z0-9-]{8,64}$/;

/** A sign-in that did not end well. Nobody was signed in. */
export function SignInErrorPage() {
  const [params] = useSearchParams();
  const candidate = params.get('requestId') ?? '';
  const requestId = requestIdPattern.test(candidate) ? candidate : null;
  const title = t`Signing in did not work`;
  return (
    <div className="plain-page">
      <PageTitle documentTitle={title}>{title}</PageTitle>
      <p>
        {t`Nobody was signed in. This happens when a sign-in was given up, took longer than ten minutes, or was started in another browser.`}
      </p>
      <p>{t`Start again here.`}</p>
      <SignInButton returnTo={paths.users} />
      {requestId !== null && (
        <p className="muted">
          {t`Request id`} <code>{requestId}</code> <CopyButton value={requestId} what={t`request id`} />
        </p>
      )}
    </div>
  );
}
