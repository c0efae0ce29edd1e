import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { explainFailure } from '../../../i18n/explain-failure.ts';
import { paths } from '../../../paths.ts';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Help } from '../../../ui/help.tsx';
import { PageTitle } from '../../../ui/page-title.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Trouble } from '../../../ui/trouble.tsx';
import { type ResetsView, resetsQuery } from '../reset-queries.ts';
import { ResetsTable } from './resets-table.tsx';
import { readResetsView, writeResetsView } from './resets-url.ts';

/** The cases: open ones, or all of them. */
export default function ResetsPage() {
  const [params, setParams] = useSearchParams();
  const view = readResetsView(params);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(resetsQuery(view));
  const resets = data?.pages.flatMap((page) => page.resets) ?? [];
  const setView = (next: ResetsView) => setParams(writeResetsView(next), { replace: true });
  const title = t`Resets`;
  return (
    <>
      <div className="title-line">
        <PageTitle documentTitle={title}>{title}</PageTitle>
        <Help>
          <p>{t`A reset is one case: remove what was lost, end what is open, tell the person. It is stored, and can be resumed or taken over.`}</p>
        </Help>
      </div>
      <div className="users-tools">
        <SelectField
          label={t`Show`}
          value={view}
          options={[
            { value: 'open', text: t`Open cases` },
            { value: 'locked', text: t`Locked by a case` },
            { value: 'all', text: t`All cases` },
          ]}
          onChange={(value) => setView(value === 'all' || value === 'locked' ? value : 'open')}
        />
      </div>
      {error ? (
        <Trouble {...explainFailure(error, 'read')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton rows={8} />
      ) : resets.length === 0 ? (
        <NoCases view={view} onAll={() => setView('all')} />
      ) : (
        <ResetsTable resets={resets} />
      )}
      {hasNextPage && (
        <p className="section-note">
          <Button isDisabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t`Show older`}</Button>
        </p>
      )}
    </>
  );
}

function NoCases({ view, onAll }: { readonly view: ResetsView; readonly onAll: () => void }) {
  return (
    <Empty title={emptyWords(view)}>
      <p>
        {t`A case starts on a person's page.`} <Link to={paths.users}>{t`Go to the people`}</Link>
      </p>
      {view === 'open' && (
        <p>
          <Button onClick={onAll}>{t`Show all cases`}</Button>
        </p>
      )}
    </Empty>
  );
}

function emptyWords(view: ResetsView): string {
  switch (view) {
    case 'open':
      return t`No case is open.`;
    case 'locked':
      return t`No account is locked by a case.`;
    case 'all':
      return t`There has been no case yet.`;
  }
}
