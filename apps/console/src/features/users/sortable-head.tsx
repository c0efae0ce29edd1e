import type { UserSort } from '@latchkey/contract/user';
import type { ReactNode } from 'react';
import { sortedBy, type UsersView } from './users-url.ts';

type SortableHeadProps = {
  readonly sort: UserSort;
  readonly view: UsersView;
  readonly onView: (view: UsersView) => void;
  readonly className?: string;
  readonly children: ReactNode;
};

/** A column's head that sorts by it; a second press turns the order round. */
export function SortableHead({ sort, view, onView, className, children }: SortableHeadProps) {
  const order = view.direction === 'asc' ? 'ascending' : 'descending';
  return (
    <th scope="col" className={className} aria-sort={view.sort === sort ? order : undefined}>
      <button type="button" className="sort" onClick={() => onView(sortedBy(view, sort))}>
        {children}
      </button>
    </th>
  );
}
