import { plural } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { approvalsQuery } from '../api/approvals-query.ts';
import { formatNumber } from '../i18n/format.ts';

/** How much waits for the viewer's decision, beside the link to it; nothing when nothing does. */
export default function ApprovalsCount() {
  const count = useQuery(approvalsQuery).data?.waitingForViewer ?? 0;
  if (count === 0) return null;
  const waiting = formatNumber(count);
  return (
    <>
      {' '}
      <span className="badge" aria-hidden="true">
        {waiting}
      </span>
      <span className="visually-hidden">
        {plural(count, { one: '1 waits for you', other: `${waiting} wait for you` })}
      </span>
    </>
  );
}
