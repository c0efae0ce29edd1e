import { t } from '@lingui/core/macro';
import { Link } from 'react-router';
import { paths } from '../paths.ts';
import { PageTitle } from '../ui/page-title.tsx';

/** An address that is none of ours. */
export function NotFoundPage() {
  const title = t`Nothing here`;
  return (
    <div className="plain-page">
      <PageTitle documentTitle={title}>{title}</PageTitle>
      <p>{t`This address leads nowhere in Latchkey. It may have been cut when it was copied.`}</p>
      <p>
        <Link to={paths.users}>{t`Go to the people`}</Link>
      </p>
    </div>
  );
}
