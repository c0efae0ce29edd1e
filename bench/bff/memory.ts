import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openDatabase } from '@latchkey/database/open-database';
import type { Stack } from '@latchkey/test-kit/stack';
import { sql } from 'kysely';
import { measure } from '../measure.ts';
import { type Call, make } from './call.ts';

/** Resident memory of the BFF in megabytes, after work with one session and with many. */
export interface Memory {
  readonly sessions: number;
  readonly megabytes: number;
}

/**
 * Fills the BFF's database with copies of the session that is there, each under an id of its own, and works: with the
 * true session, and with cookies of sessions that are looked up in vain.
 */
export async function measureMemory(stack: Stack, call: Call, sessions: number): Promise<Memory[]> {
  const before = await workAndWeigh(stack, call);
  await copySession(path.join(stack.dataFolder, 'bff', 'latchkey.db'), sessions - 1);
  const after = await workAndWeigh(stack, call);
  return [
    { sessions: 1, megabytes: before },
    { sessions, megabytes: after },
  ];
}

async function workAndWeigh(stack: Stack, call: Call): Promise<number> {
  const stranger = (): Call => {
    const value = `${randomBytes(32).toString('base64url')}.${randomBytes(32).toString('base64url')}`;
    const cookie = call.headers.cookie?.replace(/=[^;.]+\.[^;]+/, `=${value}`) ?? '';
    return { ...call, headers: { ...call.headers, cookie } };
  };
  await measure((index) => (index % 2 === 0 ? make(call) : make(stranger(), 401)), {
    atOnce: 16,
    most: 4_000,
    seconds: 15,
  });
  const status = readFileSync(`/proc/${stack.bff.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

async function copySession(file: string, copies: number): Promise<void> {
  const { db } = openDatabase<{ sessions: Record<string, unknown> & { id_hash: string } }>(file);
  const original = await db.selectFrom('sessions').selectAll().executeTakeFirstOrThrow();
  await db.transaction().execute(async (transaction) => {
    for (let done = 0; done < copies; done += 100) {
      const rows = Array.from({ length: Math.min(100, copies - done) }, () => ({
        ...original,
        id_hash: randomBytes(32).toString('base64url'),
      }));
      await transaction.insertInto('sessions').values(rows).execute();
    }
  });
  await sql`pragma wal_checkpoint(truncate)`.execute(db);
  await db.destroy();
}
