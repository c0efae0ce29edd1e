import { t } from '@lingui/core/macro';
import { Skeleton } from './skeleton.tsx';

/** A page of which nothing is known yet. Its heading is for those who hear the page; it never takes the focus. */
export function PendingPage() {
  return (
    <>
      <h1 className="visually-hidden">{t`Loading`}</h1>
      <Skeleton rows={8} />
    </>
  );
}
