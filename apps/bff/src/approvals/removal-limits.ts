import type { ApprovalSubject } from '@latchkey/contract/approval';
import type { Logger } from 'pino';
import { Problem } from '../http/problem.ts';
import type { RateCount } from '../http/rate-limit.ts';
import { createStoreCounter } from '../store/store-counter.ts';
import { type ApprovalParts, findApproval, spendApproval } from './approval-store.ts';

/** A hard stop that a second administrator may lift. */
export type RemovalLimit = Extract<ApprovalSubject, { kind: 'limit' }>['limit'];

/** How many factors one person may remove, one by one or by resets (security.md 5.11). */
export interface RemovalLimits {
  /**
   * Counts removals before they are tried: all of them, or none.
   *
   * @param userId who removes. @param count how many at once, for a reset that should not stop half-way.
   * @throws Problem `rate_limited` with the limit, and when it ends.
   */
  take(userId: string, count?: number): Promise<void>;
  /** Whether a limit lets the person remove nothing more now. */
  isReached(userId: string, limit: RemovalLimit): Promise<boolean>;
}

const minute = 60_000;
const hour = 60 * minute;

/** The longer one first: where both are reached, it says how long it will take. */
const stops = [
  { limit: 'removals/d', most: 100, window: 24 * hour },
  { limit: 'removals/h', most: 30, window: hour },
] as const;

type Hit = (typeof stops)[number] & RateCount;

const alarm = { most: 10, window: 10 * minute };

export interface RemovalLimitOptions extends ApprovalParts {
  readonly log: Logger;
  /** Told of each alarm. */
  readonly onAlarm: () => void;
  /** `LATCHKEY_RATE_SCALE` */
  readonly scale: number;
}

/** Counted in the database, also on one machine: a restart must not forgive an hour or a day. */
export function createRemovalLimits({ store, clock, log, onAlarm, scale }: RemovalLimitOptions): RemovalLimits {
  const counter = createStoreCounter(store, clock);
  const parts = { store, clock };
  const scaled = (most: number) => Math.ceil(most * scale);
  const findLift = async (userId: string, limit: RemovalLimit) => {
    const lift = await findApproval(parts, 'limit', liftSubjectId(limit, userId));
    return lift?.state === 'approved' ? lift : undefined;
  };

  async function soundAlarm(userId: string, count: number): Promise<void> {
    const { count: recent } = await counter.hit(`removals/10min ${userId}`, alarm.window, count);
    const before = recent - count;
    if (before >= scaled(alarm.most) || recent < scaled(alarm.most)) return;
    onAlarm();
    log.error({ subject: userId, count: recent }, 'many removals by one person');
  }

  return {
    async take(userId, count = 1) {
      const keyOf = (limit: RemovalLimit) => `${limit} ${userId}`;
      const hits: Hit[] = [];
      for (const stop of stops) {
        hits.push({ ...stop, ...(await counter.hit(keyOf(stop.limit), stop.window, count)) });
      }
      const giveBack = () =>
        Promise.all(hits.map(({ limit, endsAt }) => counter.giveBack(keyOf(limit), count, endsAt)));
      const over = hits.filter((hit) => hit.count > scaled(hit.most));
      // All of them are looked at before one is taken, so that none is taken for nothing.
      const lifts = await Promise.all(over.map(async (hit) => ({ hit, lift: await findLift(userId, hit.limit) })));
      for (const { hit, lift } of lifts.toSorted((a, b) => Number(Boolean(a.lift)) - Number(Boolean(b.lift)))) {
        if (lift && (await spendApproval(parts, lift.approval_id, lift.plan_hash, userId))) {
          await counter.restart(keyOf(hit.limit));
          await counter.hit(keyOf(hit.limit), hit.window, count);
          continue;
        }
        await giveBack();
        const retryAfter = Math.max(1, Math.ceil((hit.endsAt - clock()) / 1000));
        throw new Problem('rate_limited', { limit: hit.limit, retryAfter });
      }
      await soundAlarm(userId, count);
    },
    async isReached(userId, limit) {
      const stop = stops.find((other) => other.limit === limit);
      return stop !== undefined && (await counter.read(`${limit} ${userId}`)) >= scaled(stop.most);
    },
  };
}

/** What names the lifting of one person's limit. */
export const liftSubjectId = (limit: RemovalLimit, userId: string): string => `${limit} ${userId}`;
