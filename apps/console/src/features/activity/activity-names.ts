import type { ActivityPage } from '@latchkey/contract/activity';

/** Display names by user id. */
export type ActivityNames = ReadonlyMap<string, string>;

/** The names that came with the pages that are shown; of whoever the viewer may not see there is none. */
export function collectNames(pages: readonly Pick<ActivityPage, 'names'>[]): ActivityNames {
  return new Map(pages.flatMap(({ names }) => Object.entries(names ?? {})));
}
