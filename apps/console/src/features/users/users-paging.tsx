import type { UserPage } from '@latchkey/contract/user';
import { t } from '@lingui/core/macro';
import { Link } from 'react-router';
import { formatNumber } from '../../i18n/format.ts';
import { type UsersView, writeUsersView } from './users-url.ts';

type UsersPagingProps = { readonly view: UsersView; readonly shown: UserPage };

/** Which of how many, and the pages before and after, as links that can be shared. */
export function UsersPaging({ view, shown: { users, offset, limit, total } }: UsersPagingProps) {
  if (total <= limit && view.page === 1) return null;
  const from = formatNumber(Math.min(offset + 1, total));
  const to = formatNumber(offset + users.length);
  const all = formatNumber(total);
  const link = (page: number) => ({ search: writeUsersView({ ...view, page }).toString() });
  return (
    <nav className="paging" aria-label={t`Pages`}>
      <span className="muted numeric">{t`${from}–${to} of ${all}`}</span>
      {view.page > 1 && <Link className="button button-plain" rel="prev" to={link(view.page - 1)}>{t`Previous`}</Link>}
      {offset + users.length < total && (
        <Link className="button button-plain" rel="next" to={link(view.page + 1)}>{t`Next`}</Link>
      )}
    </nav>
  );
}
