import { randomBytes } from 'node:crypto';
import { openDatabase } from '@latchkey/database/open-database';
import { sql } from 'kysely';

/** A database of its own for one test: a file in its data folder, or on PostgreSQL when a server is named. */
export interface TestDatabase {
  /** For `LATCHKEY_DATABASE_URL`; empty for the file. */
  readonly url: string;
  drop(): Promise<void>;
}

/** @returns one on the server of `LATCHKEY_TEST_DATABASE_URL`, if that is set. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env.LATCHKEY_TEST_DATABASE_URL;
  if (!server) return { url: '', drop: () => Promise.resolve() };
  const name = `latchkey_test_${randomBytes(8).toString('hex')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await administer(server, `create database ${name}`);
  return { url: url.href, drop: () => administer(server, `drop database if exists ${name} with (force)`) };
}

async function administer(server: string, statement: string): Promise<void> {
  const { db } = openDatabase(server);
  await sql.raw(statement).execute(db);
  await db.destroy();
}

/** Every row of every table of a BFF's database, as text. */
export async function dumpDatabase(where: string, tables: readonly string[]): Promise<string> {
  const { db } = openDatabase(where);
  const parts = await Promise.all(tables.map((table) => sql`select * from ${sql.table(table)}`.execute(db)));
  await db.destroy();
  return JSON.stringify(parts.map(({ rows }) => rows));
}
