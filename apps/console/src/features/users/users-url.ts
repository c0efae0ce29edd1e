import { Id } from '@latchkey/contract/id';
import { defaultPageSize, UserSort, UserState } from '@latchkey/contract/user';
import * as z from 'zod/mini';

/** What the people list shows, as far as its URL says. `page` counts from 1; null leaves nobody out. */
export type UsersView = {
  readonly search: string;
  readonly page: number;
  readonly kind: UserKind;
  readonly state: UserState | null;
  readonly organisationId: string | null;
  readonly sort: UserSort;
  readonly direction: 'asc' | 'desc';
};

type UserKind = 'human' | 'machine';

/** Everybody, by name. */
export const plainView: UsersView = {
  search: '',
  page: 1,
  kind: 'human',
  state: null,
  organisationId: null,
  sort: 'name',
  direction: 'asc',
};

const maximumSearchLength = 200;
const lastPage = 100_000;

const Page = z.coerce.number().check(z.int(), z.minimum(1), z.maximum(lastPage));

/** Reads the list's URL. What makes no sense is read as if it were not there. */
export function readUsersView(params: URLSearchParams): UsersView {
  const page = Page.safeParse(params.get('page') ?? '1');
  const state = UserState.safeParse(params.get('state'));
  const organisation = Id.safeParse(params.get('organisation'));
  const sort = UserSort.safeParse(params.get('sort'));
  return {
    search: (params.get('search') ?? '').slice(0, maximumSearchLength),
    page: page.success ? page.data : 1,
    kind: params.get('kind') === 'machine' ? 'machine' : 'human',
    state: state.success ? state.data : null,
    organisationId: organisation.success ? organisation.data : null,
    sort: sort.success ? sort.data : plainView.sort,
    direction: params.get('direction') === 'desc' ? 'desc' : 'asc',
  };
}

/** Writes the list's URL: only what differs from the plain list. */
export function writeUsersView(view: UsersView): URLSearchParams {
  const params = new URLSearchParams();
  if (view.search !== '') params.set('search', view.search);
  if (view.kind !== plainView.kind) params.set('kind', view.kind);
  if (view.state !== null) params.set('state', view.state);
  if (view.organisationId !== null) params.set('organisation', view.organisationId);
  if (view.sort !== plainView.sort) params.set('sort', view.sort);
  if (view.direction !== plainView.direction) params.set('direction', view.direction);
  if (view.page > 1) params.set('page', String(view.page));
  return params;
}

/** The first row of a page, counted from 0, as the BFF wants it. */
export const offsetOf = (page: number): number => (page - 1) * defaultPageSize;

/** The view after a click on a column's head: sorted by it, or the other way round. Always from the first page. */
export function sortedBy(view: UsersView, sort: UserSort): UsersView {
  const isTurned = view.sort === sort && view.direction === 'asc';
  return { ...view, sort, direction: isTurned ? 'desc' : 'asc', page: 1 };
}
