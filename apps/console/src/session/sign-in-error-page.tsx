import { t } from '@lingui/core/macro';
import { useLocation, useSearchParams } from 'react-router';
import * as z from 'zod/mini';
import { paths, safeReturnTo } from '../paths.ts';
import { PageTitle } from '../ui/page-title.tsx';
import { SignInButton } from './sign-in-button.tsx';

const LocationState = z.object({ returnTo: z.string() });

/** A sign-in that did not end well. Nobody was signed in by it. */
export function SignInErrorPage() {
  const [params] = useSearchParams();
  const state = LocationState.safeParse(useLocation().state);
  const returnTo = safeReturnTo(state.success ? state.data.returnTo : paths.users, location.origin);
  const title = t`Signing in did not work`;
  return (
    <div className="plain-page">
      <PageTitle documentTitle={title}>{title}</PageTitle>
      <p>{reasonWords(params.get('reason'))}</p>
      <p>{t`Nobody was signed in by it. Start again here.`}</p>
      <SignInButton returnTo={returnTo} />
    </div>
  );
}

/** A closed list: whatever else stands in the address is not shown, because anybody can write an address. */
function reasonWords(reason: string | null): string {
  switch (reason) {
    case 'binding':
      return t`This sign-in was not begun in this browser, took longer than ten minutes, or was used already.`;
    case 'access_denied':
      return t`ZITADEL refused the sign-in, it was given up, or somebody else signed in than the one who had to.`;
    case 'login_required':
    case 'interaction_required':
      return t`ZITADEL did not ask for your credentials anew, which this needs.`;
    case 'unavailable':
    case 'temporarily_unavailable':
      return t`ZITADEL cannot be reached at the moment.`;
    default:
      return t`The sign-in was given up, took too long, or broke on the way.`;
  }
}
