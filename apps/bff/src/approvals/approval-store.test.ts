import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import {
  type ApprovalParts,
  beginTime,
  type CurrentApproval,
  createApproval,
  decisionTime,
  findApproval,
  spendApproval,
  withdrawApproval,
} from './approval-store.ts';

let kept: TestAudit;
let now = Date.now();
let parts: ApprovalParts;
let count = 0;

beforeAll(async () => {
  kept = await openTestAudit();
  parts = { store: kept.store, clock: () => now };
});
afterAll(() => kept.close());
beforeEach(() => {
  count += 1;
});

const subjectId = () => `case-${count}`;

async function ask(reason = 'lost key'): Promise<CurrentApproval> {
  return await createApproval(parts, {
    kind: 'limit',
    subjectId: subjectId(),
    subject: { kind: 'limit', limit: 'removals/h' },
    userId: null,
    organisationId: null,
    requestedBy: { userId: 'ann', name: 'Ann' },
    reason,
    ticket: null,
  });
}

/** As a decision writes it. */
async function approveAs(userId: string, { approval_id }: CurrentApproval): Promise<void> {
  await kept.store
    .updateTable('approvals')
    .set({ state: 'approved', decided_by_id: userId, decided_by_name: userId, expires_at: now + beginTime })
    .where('approval_id', '=', approval_id)
    .execute();
}
const stateNow = async () => (await findApproval(parts, 'limit', subjectId()))?.state;

describe('a request', () => {
  it('waits for half an hour, and then has expired', async () => {
    await ask();
    now += decisionTime - 1;
    expect(await stateNow()).toBe('waiting');
    now += 1;
    expect(await stateNow()).toBe('expired');
  });

  it('is found by its subject, the newest first, and by no other', async () => {
    await ask('first');
    now += 1;
    await ask('second');
    expect((await findApproval(parts, 'limit', subjectId()))?.reason).toBe('second');
    expect(await findApproval(parts, 'reset', subjectId())).toBeUndefined();
    expect(await findApproval(parts, 'limit', 'another')).toBeUndefined();
  });

  it('that nobody approved is not taken', async () => {
    const asked = await ask();
    expect(await spendApproval(parts, asked.approval_id, asked.plan_hash, 'ann')).toBe(false);
    expect(await stateNow()).toBe('waiting');
  });
});

describe('an approval', () => {
  it('is taken once', async () => {
    const asked = await ask();
    await approveAs('bob', asked);
    expect(await spendApproval(parts, asked.approval_id, asked.plan_hash, 'ann')).toBe(true);
    expect(await spendApproval(parts, asked.approval_id, asked.plan_hash, 'ann')).toBe(false);
    expect(await stateNow()).toBe('used');
  });

  it('is taken once by many at the same time', async () => {
    const asked = await ask();
    await approveAs('bob', asked);
    const tries = Array.from({ length: 8 }, () => spendApproval(parts, asked.approval_id, asked.plan_hash, 'ann'));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
  });

  it('is for one plan', async () => {
    const asked = await ask();
    await approveAs('bob', asked);
    expect(await spendApproval(parts, asked.approval_id, 'x'.repeat(43), 'ann')).toBe(false);
    expect(await stateNow()).toBe('approved');
  });

  it('is not taken by who gave it, as after taking the case over', async () => {
    const asked = await ask();
    await approveAs('bob', asked);
    expect(await spendApproval(parts, asked.approval_id, asked.plan_hash, 'bob')).toBe(false);
    expect(await spendApproval(parts, asked.approval_id, asked.plan_hash, 'cyd')).toBe(true);
  });

  it('lasts half an hour', async () => {
    const asked = await ask();
    await approveAs('bob', asked);
    now += beginTime;
    expect(await stateNow()).toBe('expired');
    expect(await spendApproval(parts, asked.approval_id, asked.plan_hash, 'ann')).toBe(false);
  });

  it('is taken back until it is used', async () => {
    const asked = await ask();
    await approveAs('bob', asked);
    expect(await withdrawApproval(parts, asked.approval_id)).toBe(true);
    expect(await spendApproval(parts, asked.approval_id, asked.plan_hash, 'ann')).toBe(false);
    expect(await withdrawApproval(parts, asked.approval_id)).toBe(false);
  });
});
