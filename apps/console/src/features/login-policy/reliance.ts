import { SecondFactorType } from '@latchkey/contract/login-policy';
import { plural, t } from '@lingui/core/macro';
import * as z from 'zod/mini';
import { formatNumber } from '../../i18n/format.ts';

/**
 * What is known of who relies on a second factor type. `onlyThis` is null while nobody can tell: events are read
 * backwards, and older ones may tell of something else that a person has.
 *
 * `extent`: `part` while counting or stopped; `whole`; `pruned`: ZITADEL no longer keeps the oldest events, so that
 * there may be more. `isCrowded`: events could not be read to their end, so people were counted one by one.
 */
export const Reliance = z.object({
  type: SecondFactorType,
  holders: z.int(),
  onlyThis: z.nullable(z.int()),
  admins: z.int(),
  extent: z.enum(['part', 'whole', 'pruned']),
  isCrowded: z.boolean(),
  /** How far it is: of how many people, or of how many milliseconds; `reachedAt` for the latter, RFC 3339. */
  done: z.number(),
  total: z.number(),
  reachedAt: z.nullable(z.string()),
  /** Since when it is so, RFC 3339. */
  at: z.string(),
});
export type Reliance = z.infer<typeof Reliance>;

/** What the count says, and no more than it knows: "at least" until everybody was counted. */
export function relianceWords({ holders, onlyThis, admins, extent }: Reliance): string {
  const words = [holdersWords(holders, extent === 'whole'), onlyThisWords(onlyThis, extent), adminsWords(admins)];
  return words.join(' ');
}

function holdersWords(holders: number, isWhole: boolean): string {
  const people = formatNumber(holders);
  return isWhole
    ? plural(holders, { one: '1 person has it.', other: `${people} people have it.` })
    : plural(holders, { one: 'At least 1 person has it.', other: `At least ${people} people have it.` });
}

function onlyThisWords(onlyThis: number | null, extent: Reliance['extent']): string {
  if (onlyThis === null) {
    return extent === 'pruned'
      ? t`ZITADEL no longer keeps its oldest events, so there may be more, and nobody can tell what else they have.`
      : t`What else they have is known at the end.`;
  }
  const people = formatNumber(onlyThis);
  return plural(onlyThis, { one: '1 of them has nothing else.', other: `${people} of them have nothing else.` });
}

function adminsWords(admins: number): string {
  if (admins === 0) return t`None of them is an admin whom you can see.`;
  const people = formatNumber(admins);
  return plural(admins, { one: '1 of them is an admin.', other: `${people} of them are admins.` });
}
