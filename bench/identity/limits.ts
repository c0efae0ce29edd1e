import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@latchkey/database/open-database';
import { CompiledQuery } from 'kysely';
import { hashPassword, verifyPassword } from '../../apps/identity/src/commands/password-hash.ts';
import { type Measured, measure } from '../measure.ts';
import { call } from './http-client.ts';

/** The least that any HTTP server takes: node:http that answers these bytes, in a process of its own kind: this one. */
export async function measurePlainHttp(answer: string, method: string, atOnce: number): Promise<Measured> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const body = method === 'POST' ? { body: {} } : {};
  const measured = await measure(() => call(method, `http://127.0.0.1:${port}/`, body), { atOnce, most: 2_000 });
  server.closeAllConnections();
  server.close();
  return measured;
}

/** The least that any durable change takes: one transaction that inserts a row and deletes one, on this disk. */
export async function measureRawStore(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const { db } = openDatabase<object>(join(folder, 'raw.db'));
  const run = (text: string, ...values: readonly unknown[]) => db.executeQuery(CompiledQuery.raw(text, [...values]));
  await run('CREATE TABLE events (position INTEGER PRIMARY KEY, type TEXT, payload TEXT)');
  await run('CREATE TABLE factors (user_id TEXT PRIMARY KEY, kind TEXT) WITHOUT ROWID');
  for (let user = 0; user < 2_100; user += 1) await run('INSERT INTO factors VALUES (?, ?)', `${user}`, 'totp');
  const measured = await measure(
    async (index) => {
      await run('BEGIN');
      await run('INSERT INTO events (type, payload) VALUES (?, ?)', 'user.human.mfa.otp.removed', '{}');
      await run('DELETE FROM factors WHERE user_id = ?', `${index}`);
      await run('COMMIT');
    },
    { most: 2_000 },
  );
  await db.destroy();
  rmSync(folder, { recursive: true, force: true });
  return measured;
}

/** The least that a sign-in takes: one check of a password. */
export async function measurePassword(atOnce: number): Promise<Measured> {
  const hash = await hashPassword('Correct-Horse-7');
  return measure(() => verifyPassword(hash, 'Correct-Horse-7'), { atOnce, most: 400, seconds: 3 });
}
