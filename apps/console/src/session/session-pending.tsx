import { useQuery } from '@tanstack/react-query';
import { explainFailure } from '../i18n/explain-failure.ts';
import { PendingPage } from '../ui/pending-page.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { sessionQuery } from './session-query.ts';

/** While nobody knows yet who is signed in, or when that could not be learnt. */
export function SessionPending() {
  const { error, refetch } = useQuery(sessionQuery);
  if (error) return <Trouble {...explainFailure(error, 'read')} onRetry={() => void refetch()} />;
  return <PendingPage />;
}
