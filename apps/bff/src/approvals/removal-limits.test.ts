import { randomUUID } from 'node:crypto';
import type { Problem as ProblemDocument } from '@latchkey/contract/problem';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../http/problem.ts';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import { createApproval, findApproval } from './approval-store.ts';
import { createRemovalLimits, liftSubjectId, type RemovalLimit, type RemovalLimits } from './removal-limits.ts';

let kept: TestAudit;
let limits: RemovalLimits;
let now = Date.now();
let alarms = 0;
let userId: string;
const hour = 3_600_000;
const clock = () => now;

beforeAll(async () => {
  kept = await openTestAudit();
  const onAlarm = () => {
    alarms += 1;
  };
  limits = createRemovalLimits({ store: kept.store, clock, log: pino({ level: 'silent' }), onAlarm, scale: 1 });
});
afterAll(() => kept.close());
beforeEach(() => {
  userId = randomUUID();
  alarms = 0;
});

/** What stood against a removal; undefined when nothing did. */
async function refusalOf(count = 1): Promise<ProblemDocument | undefined> {
  try {
    await limits.take(userId, count);
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.toDocument('test');
  }
}

/** A second administrator's word, or a request for it. */
async function lift(limit: RemovalLimit, state: 'approved' | 'waiting' = 'approved'): Promise<void> {
  const subject = { kind: 'limit', limit } as const;
  const { approval_id } = await createApproval(
    { store: kept.store, clock },
    {
      kind: 'limit',
      subjectId: liftSubjectId(limit, userId),
      subject,
      userId: null,
      organisationId: null,
      requestedBy: { userId, name: 'Ann' },
      reason: 'phishing wave',
      ticket: null,
    },
  );
  const decided = { state, decided_by_id: 'bob', decided_by_name: 'Bob', decided_at: now };
  await kept.store.updateTable('approvals').set(decided).where('approval_id', '=', approval_id).execute();
}

async function reachHour(): Promise<void> {
  await limits.take(userId, 30);
}
async function reachDay(): Promise<void> {
  for (const count of [30, 30, 30, 10]) {
    await limits.take(userId, count);
    now += hour;
  }
}

describe('a person removes', () => {
  it('30 factors an hour, and is told which limit it is and when it ends', async () => {
    for (let count = 0; count < 30; count += 1) expect(await refusalOf()).toBeUndefined();
    now += 600_000;
    expect(await refusalOf()).toMatchObject({ code: 'rate_limited', limit: 'removals/h', retryAfter: 3_000 });
    now += 3_000_000;
    expect(await refusalOf()).toBeUndefined();
  });

  it('100 a day', async () => {
    await reachDay();
    expect(await refusalOf()).toMatchObject({ limit: 'removals/d', retryAfter: 20 * 3_600 });
    now += 20 * hour;
    expect(await refusalOf()).toBeUndefined();
  });

  it('all that a reset needs, or none of it', async () => {
    await limits.take(userId, 28);
    expect(await refusalOf(3)).toMatchObject({ limit: 'removals/h' });
    expect(await refusalOf(2)).toBeUndefined();
    expect(await refusalOf()).toMatchObject({ limit: 'removals/h' });
  });

  it('without those of others being counted', async () => {
    await reachHour();
    userId = randomUUID();
    expect(await refusalOf(30)).toBeUndefined();
  });

  it('no more at the same time than one after the other', async () => {
    const refusals = await Promise.all(Array.from({ length: 35 }, () => refusalOf()));
    expect(refusals.filter((refusal) => refusal === undefined)).toHaveLength(30);
  });

  it('ten in ten minutes, and somebody is told once', async () => {
    await limits.take(userId, 9);
    expect(alarms).toBe(0);
    await limits.take(userId, 3);
    await limits.take(userId);
    expect(alarms).toBe(1);
  });
});

describe('a second administrator lifts', () => {
  it('the hour, once: the count starts again with the next removal', async () => {
    await reachHour();
    await lift('removals/h');
    expect(await refusalOf()).toBeUndefined();
    expect(
      (await findApproval({ store: kept.store, clock }, 'limit', liftSubjectId('removals/h', userId)))?.state,
    ).toBe('used');
    expect(await refusalOf(29)).toBeUndefined();
    expect(await refusalOf()).toMatchObject({ limit: 'removals/h' });
  });

  it('the day, and the hour still holds', async () => {
    await reachDay();
    await lift('removals/d');
    expect(await refusalOf(30)).toBeUndefined();
    expect(await refusalOf()).toMatchObject({ limit: 'removals/h' });
  });

  it('nothing before they have decided, nor too late', async () => {
    await reachHour();
    await lift('removals/h', 'waiting');
    expect(await refusalOf()).toBeDefined();
    await lift('removals/h');
    now += 31 * 60_000;
    expect(await refusalOf()).toMatchObject({ limit: 'removals/h' });
  });

  it('one limit and not the other, and is not used up by what stays refused', async () => {
    for (const count of [30, 30, 10]) {
      await limits.take(userId, count);
      now += hour;
    }
    await reachHour();
    await lift('removals/h');
    expect(await refusalOf()).toMatchObject({ limit: 'removals/d' });
    const found = await findApproval({ store: kept.store, clock }, 'limit', liftSubjectId('removals/h', userId));
    expect(found?.state).toBe('approved');
  });
});

it('says whether a limit is reached', async () => {
  expect(await limits.isReached(userId, 'removals/h')).toBe(false);
  await reachHour();
  expect(await limits.isReached(userId, 'removals/h')).toBe(true);
  expect(await limits.isReached(userId, 'removals/d')).toBe(false);
});
