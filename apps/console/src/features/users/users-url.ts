import { defaultPageSize } from '@latchkey/contract/user';

/** What the people list shows, as far as its URL says. `page` counts from 1. */
export type UsersView = { readonly search: string; readonly page: number };

const maximumSearchLength = 200;

/** Reads the list's URL. What makes no sense is read as if it were not there. */
export function readUsersView(params: URLSearchParams): UsersView {
  const page = Number(params.get('page') ?? '1');
  return {
    search: (params.get('search') ?? '').slice(0, maximumSearchLength),
    page: Number.isSafeInteger(page) && page >= 1 && page <= 100_000 ? page : 1,
  };
}

/** Writes the list's URL: only what differs from the plain list. */
export function writeUsersView({ search, page }: UsersView): URLSearchParams {
  const params = new URLSearchParams();
  if (search !== '') params.set('search', search);
  if (page > 1) params.set('page', String(page));
  return params;
}

/** The first row of a page, counted from 0, as the BFF wants it. */
export const offsetOf = (page: number): number => (page - 1) * defaultPageSize;
