import { afterEach, describe, expect, it } from 'vitest';
import type { Actor } from '../guard/actor.ts';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import { asCaller } from '../zitadel/caller.ts';
import { findBreak, genesis } from './chain.ts';
import { verifyAudit } from './verify-audit.ts';

const actor: Actor = {
  userId: 'agent',
  caller: asCaller({ current: () => Promise.resolve(''), replace: () => Promise.resolve('') }, 'request'),
  requestId: 'request',
  address: '192.0.2.1',
  authTime: 1,
  amr: ['pwd', 'otp', 'mfa'],
};
const act = { act: { act: 'lockUser', userId: 'ada' }, organisationId: 'acme' } as const;

let kept: TestAudit;
afterEach(() => kept.close());

async function fill(acts: number): Promise<void> {
  kept = await openTestAudit();
  const all = Array.from({ length: acts }, async (_, index) => {
    const announced = await kept.audit.announce(actor, act, { reason: `because ${index}` });
    await announced.end('done');
  });
  await Promise.all(all);
}

describe('the chain', () => {
  it('is whole after many acts at once, an intent and an outcome each', async () => {
    await fill(25);
    const rows = await kept.rows();
    expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(new Set(rows.map((row) => row.act_id)).size).toBe(25);
    const last = rows.at(-1);
    expect(await verifyAudit(kept.store)).toEqual({ whole: true, rows: 50, head: last?.hash });
  });

  it('is whole when it is empty', async () => {
    await fill(0);
    expect(await verifyAudit(kept.store)).toEqual({ whole: true, rows: 0, head: genesis.hash });
  });

  it.each(['reason', 'actor_id', 'user_id', 'outcome', 'detail', 'address', 'amr'] as const)(
    'tells that %s of a row was changed',
    async (column) => {
      await fill(3);
      await kept.store
        .updateTable('audit')
        .set({ [column]: 'forged' })
        .where('seq', '=', 4)
        .execute();
      expect(await verifyAudit(kept.store)).toEqual({ whole: false, break: { seq: 4, fault: 'changed' } });
    },
  );

  it('tells that a row was taken out', async () => {
    await fill(3);
    await kept.store.deleteFrom('audit').where('seq', '=', 3).execute();
    expect(await verifyAudit(kept.store)).toEqual({ whole: false, break: { seq: 3, fault: 'gap' } });
  });

  it('tells that a row was exchanged for one that is right in itself', async () => {
    await fill(3);
    const [first, second] = await kept.rows();
    if (!first || !second) throw new Error('no rows');
    await kept.store.updateTable('audit').set({ previous_hash: 'x' }).where('seq', '=', 2).execute();
    expect(findBreak({ ...second, previous_hash: 'x' }, first)).toEqual({ seq: 2, fault: 'unlinked' });
    expect(await verifyAudit(kept.store)).toEqual({ whole: false, break: { seq: 2, fault: 'unlinked' } });
  });
});
