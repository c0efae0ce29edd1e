import { ActivityPage, maximumActivityPageSize } from '@latchkey/contract/activity';
import { apiPaths } from '@latchkey/contract/paths';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { read } from '../../api/bff-client.ts';
import { type ActivityView, toActivitySearch } from './activity-url.ts';

const pageSize = 50;

/** The whole timeline, newest first, as much of it as the viewer may see. */
export const wholeActivityQuery = (view: ActivityView) =>
  infiniteQueryOptions({
    queryKey: ['activity', view],
    queryFn: ({ pageParam, signal }) => readActivityPage(view, pageParam, pageSize, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

/**
 * Reads the timeline to its end, page after page.
 *
 * @param onPage called with every page's number of entries as it arrives
 */
export async function readWholeActivity(view: ActivityView, signal: AbortSignal, onPage: (entries: number) => void) {
  const entries: ActivityPage['entries'] = [];
  let before: string | null = null;
  do {
    const page: ActivityPage = await readActivityPage(view, before, maximumActivityPageSize, signal);
    entries.push(...page.entries);
    onPage(page.entries.length);
    before = page.next;
  } while (before !== null);
  return entries;
}

function readActivityPage(view: ActivityView, before: string | null, limit: number, signal: AbortSignal) {
  const params = toActivitySearch(view);
  params.set('limit', String(limit));
  if (before !== null) params.set('before', before);
  return read(`${apiPaths.activity()}?${params}`, ActivityPage, signal);
}
