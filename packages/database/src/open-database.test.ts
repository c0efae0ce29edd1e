import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from './open-database.ts';

interface Schema {
  counted: { n: number };
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-database-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Another process that keeps the file to itself for a moment. */
const holder = `
  const Database = require('libsql');
  const database = new Database(process.argv[1]);
  database.exec('create table held (n)');
  database.exec('begin exclusive');
  console.log('held');
  setTimeout(() => database.exec('commit'), 700);
`;

it('waits for a process that has the file to itself', async () => {
  const file = join(folder, 'held.db');
  const child = spawn(process.execPath, ['-e', holder, file], { cwd: import.meta.dirname });
  await once(child.stdout, 'data');
  const { db } = openDatabase<Schema>(file);
  const { rows } = await sql<{ name: string }>`select name from sqlite_schema`.execute(db);
  expect(rows).toEqual([{ name: 'held' }]);
  await db.destroy();
});

it('gives a transaction that reads first its turn to write before anybody else’s', async () => {
  const file = join(folder, 'turns.db');
  const { db } = openDatabase<Schema>(file);
  const other = openDatabase<Schema>(file).db;
  await sql`create table counted (n integer not null)`.execute(db);
  await sql`pragma busy_timeout = 0`.execute(other);
  const add = (n: number) => other.insertInto('counted').values({ n }).execute();
  await db.transaction().execute(async (transaction) => {
    expect(await transaction.selectFrom('counted').selectAll().execute()).toEqual([]);
    await expect(add(2)).rejects.toThrow('database is locked');
    await transaction.insertInto('counted').values({ n: 1 }).execute();
  });
  await add(2);
  expect(await db.selectFrom('counted').selectAll().orderBy('n').execute()).toEqual([{ n: 1 }, { n: 2 }]);
  await Promise.all([db.destroy(), other.destroy()]);
});
