import type { ResetsView } from '../reset-queries.ts';

/** What the list shows, as far as its URL says; open cases where it says nothing. */
export const readResetsView = (params: URLSearchParams): ResetsView => {
  const view = params.get('show');
  return view === 'all' || view === 'locked' ? view : 'open';
};

/** The other way round. */
export const writeResetsView = (view: ResetsView): URLSearchParams =>
  new URLSearchParams(view === 'open' ? {} : { show: view });
