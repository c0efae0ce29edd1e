import type { UserSummary } from '@latchkey/contract/user';
import { t } from '@lingui/core/macro';
import { type KeyboardEvent, type Ref, useState } from 'react';
import { NavigationType, useNavigationType } from 'react-router';
import { openRow } from '../../ui/open-row.ts';
import { useRecentPeople } from './recent-people.ts';
import { SortableHead } from './sortable-head.tsx';
import { UserRow } from './user-row.tsx';
import type { UsersView } from './users-url.ts';

type UsersTableProps = {
  readonly ref: Ref<HTMLTableElement>;
  readonly users: readonly UserSummary[];
  /** The rows are of an older search; the new ones are on their way. */
  readonly isStale: boolean;
  readonly view: UsersView;
  readonly onView: (view: UsersView) => void;
  /** The keyboard leaves the rows for the search. */
  readonly onLeave: () => void;
};

/** The people, as a real table. Arrows move between the rows, Enter opens one, Esc goes back to the search. */
export function UsersTable({ ref, users, isStale, onLeave, ...sorting }: UsersTableProps) {
  const recent = useRecentPeople();
  const [cameFrom] = useState(() => recent[0]?.userId ?? null);
  const isBack = useNavigationType() === NavigationType.Pop;

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const links = [...event.currentTarget.querySelectorAll<Element>('tbody th a')];
    const row = document.activeElement ? links.indexOf(document.activeElement) : -1;
    const target = targetRow(event.key, row, links.length);
    if (target === null || (row === -1 && event.key !== 'Escape')) return;
    event.preventDefault();
    if (target === 'search') onLeave();
    else focusLink(links[target]);
  };

  return (
    <table
      ref={ref}
      className="table users-table"
      aria-busy={isStale}
      onKeyDown={onKeyDown}
      onClick={openRow}
      onAuxClick={openRow}
    >
      <thead>
        <tr>
          <SortableHead sort="name" {...sorting}>{t`Name`}</SortableHead>
          <SortableHead sort="email" className="wide-only" {...sorting}>{t`Email`}</SortableHead>
          <th scope="col" className="wide-only">{t`Organisation`}</th>
          <SortableHead sort="state" {...sorting}>{t`State`}</SortableHead>
          <th scope="col" className="wide-only">{t`Changed`}</th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <UserRow
            key={user.userId}
            user={user}
            isWhereYouWere={user.userId === cameFrom}
            isFocusFirst={isBack && user.userId === cameFrom}
          />
        ))}
      </tbody>
    </table>
  );
}

function focusLink(link: Element | undefined): void {
  if (link instanceof HTMLElement) link.focus();
}

function targetRow(key: string, row: number, rows: number): number | 'search' | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(row + 1, rows - 1);
    case 'ArrowUp':
      return row <= 0 ? 'search' : row - 1;
    case 'Home':
      return 0;
    case 'End':
      return rows - 1;
    case 'Escape':
      return 'search';
    default:
      return null;
  }
}
