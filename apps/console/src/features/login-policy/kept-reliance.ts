import type { SecondFactorType } from '@latchkey/contract/login-policy';
import * as z from 'zod/mini';
import { keep, kept } from '../../api/kept.ts';
import { Reliance } from './reliance.ts';

const hour = 3_600_000;
const Kept = z.object({ subject: z.string(), reliance: Reliance });

/** Whether a count is complete, as far as its way goes, and not older than an hour. */
export function isFresh(reliance: Reliance, now: number): boolean {
  return reliance.extent !== 'part' && now < Date.parse(reliance.at) + hour;
}

/** Keeps a finished count over a reload. @param subject whose it is: another's rights may show another count */
export function keepReliance(subject: string, reliance: Reliance): void {
  keep(`reliance.${reliance.type}`, { subject, reliance } satisfies z.infer<typeof Kept>);
}

/** The count that was kept, if it is this person's and fresh. @param now milliseconds since the epoch */
export function keptReliance(subject: string, type: SecondFactorType, now: number): Reliance | null {
  const found = Kept.safeParse(kept(`reliance.${type}`));
  if (!found.success) return null;
  const { reliance } = found.data;
  return found.data.subject === subject && reliance.type === type && isFresh(reliance, now) ? reliance : null;
}
