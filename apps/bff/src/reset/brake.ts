import type { ResetOptions } from '@latchkey/contract/reset';
import type { ResetRow } from '../store/reset-tables.ts';
import type { ResetParts } from './reset-parts.ts';

/** How many cases an agent may start in an hour, times `LATCHKEY_RATE_SCALE`. */
const mostPerHour = 10;
const hour = 3_600_000;

type BrakeParts = Pick<ResetParts, 'store' | 'clock' | 'config'>;

const limitOf = ({ config }: BrakeParts): number => Math.ceil(mostPerHour * config.rateScale);

/**
 * How many cases an agent may still start. What is counted are the cases themselves, so that a restart forgives nothing.
 *
 * @returns `endsAt` as RFC 3339: when one more may be started, null when one may now.
 */
export async function readBrake(parts: BrakeParts, agentId: string): Promise<ResetOptions['brake']> {
  const limit = limitOf(parts);
  const started = await parts.store
    .selectFrom('resets')
    .select('created_at')
    .where('started_by_id', '=', agentId)
    .where('created_at', '>', parts.clock() - hour)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute();
  const oldest = started[limit - 1];
  return {
    left: limit - started.length,
    limit,
    endsAt: oldest ? new Date(oldest.created_at + hour).toISOString() : null,
  };
}

/** Whether a case that has just been stored is one too many: of several that are started at once the last ones are. */
export async function isOverBrake(parts: BrakeParts, row: ResetRow): Promise<boolean> {
  const { before } = await parts.store
    .selectFrom('resets')
    .select(({ fn }) => fn.countAll<number>().as('before'))
    .where('started_by_id', '=', row.started_by_id)
    .where('created_at', '>', row.created_at - hour)
    .where((where) =>
      where.or([
        where('created_at', '<', row.created_at),
        where.and([where('created_at', '=', row.created_at), where('reset_id', '<', row.reset_id)]),
      ]),
    )
    .executeTakeFirstOrThrow();
  return Number(before) >= limitOf(parts);
}
