import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { approvalsQuery } from '../../../api/approvals-query.ts';
import { explainFailure } from '../../../i18n/explain-failure.ts';
import { Empty } from '../../../ui/empty.tsx';
import { Help } from '../../../ui/help.tsx';
import { PageTitle } from '../../../ui/page-title.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Trouble } from '../../../ui/trouble.tsx';
import { DecidedList } from './decided-list.tsx';
import { WaitingList } from './waiting-list.tsx';

/** What waits for a second person, and what was decided. */
export default function ApprovalsPage() {
  const { data, error, refetch } = useQuery(approvalsQuery);
  const waiting = data?.approvals.filter(({ state }) => state === 'waiting') ?? [];
  const decided = data?.approvals.filter(({ state }) => state !== 'waiting') ?? [];
  const title = t`Approvals`;
  return (
    <>
      <div className="title-line">
        <PageTitle documentTitle={title}>{title}</PageTitle>
        <Help>
          <p>{t`You approve exactly what stands here and nothing else: when it changes, it has to be asked for again.`}</p>
        </Help>
      </div>
      {error ? (
        <Trouble {...explainFailure(error, 'read')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton rows={6} />
      ) : waiting.length === 0 ? (
        <Empty title={t`Nothing waits for a second person.`}>
          <p>{t`What a colleague asks for shows up here, and in the bar above.`}</p>
        </Empty>
      ) : (
        <WaitingList approvals={waiting} />
      )}
      {decided.length > 0 && <DecidedList approvals={decided} />}
    </>
  );
}
