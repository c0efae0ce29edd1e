import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openDatabase } from '@latchkey/database/open-database';
import type { Stack } from '@latchkey/test-kit/stack';
import { sql } from 'kysely';
import { openSession, sealSession } from '../../apps/bff/src/session/session-record.ts';
import { hash, randomSecret } from '../../apps/bff/src/session/vault/secrets.ts';
import { openServerKeys } from '../../apps/bff/src/session/vault/server-keys.ts';
import { createVault } from '../../apps/bff/src/session/vault/vault.ts';
import type { SessionRow } from '../../apps/bff/src/store/tables.ts';
import { measure } from '../measure.ts';
import { type Call, make } from './call.ts';

/** Resident memory of the BFF in megabytes, after as much work with one session as with many. */
export interface Memory {
  readonly sessions: number;
  readonly megabytes: number;
}

/**
 * Makes as many calls as there are to be sessions: first all with the one session that is there, then one with each of
 * so many, all of which have a cookie and a key of their own and hold the tokens of the first.
 */
export async function measureMemory(stack: Stack, call: Call, sessions: number): Promise<Memory[]> {
  const work = async (cookies: readonly string[]) => {
    const use = (index: number) => make({ ...call, headers: { ...call.headers, cookie: cookies[index] ?? '' } });
    await measure(use, { atOnce: 8, most: cookies.length, seconds: Number.POSITIVE_INFINITY, warm: 0 });
    return weigh(stack);
  };
  const own = call.headers.cookie ?? '';
  const before = await work(Array.from({ length: sessions }, () => own));
  const others = await multiplySession(path.join(stack.dataFolder, 'bff'), own, sessions - 1);
  const after = await work([own, ...others]);
  return [
    { sessions: 1, megabytes: before },
    { sessions, megabytes: after },
  ];
}

function weigh(stack: Stack): number {
  const status = readFileSync(`/proc/${stack.bff.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

const cookiePattern = /(?<=__Host-Http-session=)([^.;]+)\.([^;]+)/;

/** Seals the content of a session again and again, as so many sign-ins would. @returns their cookies */
async function multiplySession(folder: string, cookie: string, copies: number): Promise<string[]> {
  const [, id = '', secret = ''] = cookiePattern.exec(cookie) ?? [];
  const vault = createVault(openServerKeys(folder, 'session-keys.json'), 'session');
  const { db } = openDatabase<{ sessions: SessionRow }>(path.join(folder, 'latchkey.db'));
  const row = await db.selectFrom('sessions').selectAll().where('id_hash', '=', hash(id)).executeTakeFirstOrThrow();
  const content = openSession(vault, row, secret)?.content;
  if (!content) throw new Error('the session does not open');
  const made = Array.from({ length: copies }, () => {
    const mine = { id: randomSecret(), secret: randomSecret() };
    const idHash = hash(mine.id);
    const sealed = sealSession(vault, content, mine.secret, idHash, row.version);
    return {
      row: { ...row, id_hash: idHash, ...sealed },
      cookie: cookie.replace(cookiePattern, `${mine.id}.${mine.secret}`),
    };
  });
  await db.transaction().execute(async (transaction) => {
    for (let done = 0; done < copies; done += 100) {
      const rows = made.slice(done, done + 100).map((session) => session.row);
      await transaction.insertInto('sessions').values(rows).execute();
    }
  });
  await sql`pragma wal_checkpoint(truncate)`.execute(db);
  await db.destroy();
  return made.map((session) => session.cookie);
}
