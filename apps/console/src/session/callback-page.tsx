import { t } from '@lingui/core/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { paths } from '../paths.ts';
import { PageTitle } from '../ui/page-title.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { sessionQuery } from './session-query.ts';
import { completeSignIn } from './sign-in.ts';

/** Where the facade sends the browser back to: redeems the handle, then goes on to where the person was. */
export function CallbackPage() {
  const client = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => {
    let isCurrent = true;
    const complete = async () => {
      const result = await completeSignIn();
      await client.fetchQuery({ ...sessionQuery, staleTime: 0 }).catch(() => null);
      if (!isCurrent) return;
      if (result.kind === 'signedIn') {
        await navigate(result.returnTo, { replace: true, state: { intent: result.intent } });
      } else {
        const search = new URLSearchParams({ reason: result.reason }).toString();
        await navigate(
          { pathname: paths.signInError, search },
          { replace: true, state: { returnTo: result.returnTo } },
        );
      }
    };
    void complete();
    return () => {
      isCurrent = false;
    };
  }, [client, navigate]);
  const title = t`Signing in`;
  return (
    <>
      <PageTitle documentTitle={title}>{title}</PageTitle>
      <Skeleton rows={3} />
    </>
  );
}
