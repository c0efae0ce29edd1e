import type { ResetsView } from '../reset-queries.ts';

/** What the list shows, as far as its URL says; open cases where it says nothing. */
export const readResetsView = (params: URLSearchParams): ResetsView => (params.get('show') === 'all' ? 'all' : 'open');

/** The other way round. */
export const writeResetsView = (view: ResetsView): URLSearchParams =>
  new URLSearchParams(view === 'all' ? { show: 'all' } : {});
