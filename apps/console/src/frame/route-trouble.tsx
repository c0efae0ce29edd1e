import { t } from '@lingui/core/macro';
import { PageTitle } from '../ui/page-title.tsx';
import { Trouble } from '../ui/trouble.tsx';

/** A page that could not be shown: its code did not arrive, or broke. The bar around it stays. */
export function RouteTrouble() {
  const title = t`This page did not open`;
  return (
    <>
      <PageTitle documentTitle={title}>{title}</PageTitle>
      <Trouble
        happened={t`A part of Latchkey could not be loaded.`}
        notDone={null}
        todo={t`Reload the page. After an update of Latchkey an open tab still asks for the old parts.`}
        requestId={null}
        onRetry={() => location.reload()}
      />
    </>
  );
}
