import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import type { Actor } from '../guard/actor.ts';
import { openServerKeys } from '../session/vault/server-keys.ts';
import { openStore } from '../store/open-store.ts';
import { openTestAudit, type TestAudit } from '../testing/open-test-audit.ts';
import { asCaller } from '../zitadel/caller.ts';
import { createAuditLog } from './audit-log.ts';
import { chainRow, findBreak, genesis } from './chain.ts';
import { pruneAudit } from './prune-audit.ts';
import { auditKeyFile, signAnchor, verifyAudit } from './verify-audit.ts';

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
    expect(await verifyAudit(kept.store, kept.keys)).toEqual({ whole: true, rows: 50, from: 1, head: last?.hash });
  });

  it('is whole when several processes append at once', async () => {
    kept = await openTestAudit();
    // An SQLite file has one process; on PostgreSQL there are as many as one likes, each with connections of its own.
    const others = kept.databaseUrl ? [1, 2] : [];
    const stores = await Promise.all(others.map(() => openStore(kept.data, kept.databaseUrl)));
    const logs = [kept.store, ...stores].map((store) => createAuditLog(store, systemClock, pino({ level: 'silent' })));
    await Promise.all(
      logs.flatMap((log) =>
        Array.from({ length: 10 }, async () => (await log.announce(actor, act, { reason: 'all at once' })).end('done')),
      ),
    );
    await Promise.all(stores.map((store) => store.destroy()));
    expect(await verifyAudit(kept.store, kept.keys)).toMatchObject({ whole: true, rows: logs.length * 20 });
  });

  it('is whole when it is empty', async () => {
    await fill(0);
    expect(await verifyAudit(kept.store, kept.keys)).toEqual({ whole: true, rows: 0, from: 1, head: genesis.hash });
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
      expect(await verifyAudit(kept.store, kept.keys)).toEqual({ whole: false, break: { seq: 4, fault: 'changed' } });
    },
  );

  it('tells that a row was taken out', async () => {
    await fill(3);
    await kept.store.deleteFrom('audit').where('seq', '=', 3).execute();
    expect(await verifyAudit(kept.store, kept.keys)).toEqual({ whole: false, break: { seq: 3, fault: 'gap' } });
  });

  it('tells that a row was exchanged for one that is right in itself', async () => {
    await fill(3);
    const [first, second] = await kept.rows();
    if (!first || !second) throw new Error('no rows');
    await kept.store.updateTable('audit').set({ previous_hash: 'x' }).where('seq', '=', 2).execute();
    expect(findBreak({ ...second, previous_hash: 'x' }, first)).toEqual({ seq: 2, fault: 'unlinked' });
    expect(await verifyAudit(kept.store, kept.keys)).toEqual({ whole: false, break: { seq: 2, fault: 'unlinked' } });
  });
});

describe('a prune', () => {
  const day = 24 * 3600 * 1000;
  async function age(upTo: number, days: number): Promise<void> {
    // As if they had been written then: their hashes are made anew.
    let last: { seq: number; hash: string } = genesis;
    for (const { seq: _seq, hash: _hash, previous_hash: _previous, ...row } of await kept.rows()) {
      const aged = chainRow({ ...row, at: _seq <= upTo ? Date.now() - days * day : row.at }, last);
      await kept.store.updateTable('audit').set(aged).where('seq', '=', aged.seq).execute();
      last = aged;
    }
  }

  it('takes what is old, and what stays is still known to follow it', async () => {
    await fill(5);
    await age(4, 40);
    expect(await pruneAudit(kept.store, kept.keys, Date.now(), 30)).toBe(4);
    expect(await verifyAudit(kept.store, kept.keys)).toMatchObject({ whole: true, rows: 6, from: 5 });
    await (await kept.audit.announce(actor, act, { reason: 'after' })).end('done');
    expect(await verifyAudit(kept.store, kept.keys)).toMatchObject({ whole: true, rows: 8, from: 5 });
    expect(await pruneAudit(kept.store, kept.keys, Date.now(), 30)).toBe(0);
  });

  it('leaves the newest row, so that the next one follows it', async () => {
    await fill(3);
    await age(6, 40);
    expect(await pruneAudit(kept.store, kept.keys, Date.now(), 30)).toBe(5);
    await (await kept.audit.announce(actor, act, { reason: 'after' })).end('done');
    expect(await verifyAudit(kept.store, kept.keys)).toMatchObject({ whole: true, rows: 3, from: 6 });
  });

  it('takes nothing when rows are kept for ever', async () => {
    await fill(2);
    await age(4, 4_000);
    expect(await pruneAudit(kept.store, kept.keys, Date.now(), 0)).toBe(0);
  });

  it('is still believed when a new key is in front, and not any more when its own is gone', async () => {
    await fill(5);
    await age(4, 40);
    await pruneAudit(kept.store, kept.keys, Date.now(), 30);
    const rotate = (change: (keys: { kid: string; key: string }[]) => object[]) => {
      const file = join(kept.data, 'bff', auditKeyFile);
      const { keys } = JSON.parse(readFileSync(file, 'utf8'));
      writeFileSync(file, JSON.stringify({ keys: change(keys) }));
      return openServerKeys(join(kept.data, 'bff'), auditKeyFile);
    };
    const both = rotate((keys) => [{ kid: 'new-key', key: randomBytes(32).toString('base64url') }, ...keys]);
    expect(await verifyAudit(kept.store, both)).toMatchObject({ whole: true, rows: 6, from: 5 });
    const onlyNew = rotate((keys) => keys.slice(0, 1));
    expect(await verifyAudit(kept.store, onlyNew)).toEqual({ whole: false, break: { seq: 4, fault: 'anchor' } });

    // The next prune signs with the new one: then the former is no longer needed.
    expect(await pruneAudit(kept.store, both, Date.now() + 40 * day, 30)).toBe(5);
    expect(await verifyAudit(kept.store, onlyNew)).toMatchObject({ whole: true });
  });

  it('cannot be forged without the key', async () => {
    await fill(5);
    const fourth = (await kept.rows())[3];
    if (!fourth) throw new Error('no rows');
    await kept.store.deleteFrom('audit').where('seq', '<=', 4).execute();
    const forged = { seq: 4, hash: fourth.hash, pruned_at: 1, kid: kept.keys.current };
    const signature = signAnchor(forged, Buffer.alloc(32));
    await kept.store
      .insertInto('audit_anchors')
      .values({ ...forged, signature })
      .execute();
    expect(await verifyAudit(kept.store, kept.keys)).toEqual({ whole: false, break: { seq: 4, fault: 'anchor' } });
  });
});
