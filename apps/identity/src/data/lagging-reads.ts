import { openDatabase } from '@latchkey/database/open-database';
import { sql } from 'kysely';
import type { Database, Tables } from '../store/tables.ts';

/** Reads of a store that come late. */
export interface LaggingReads {
  readonly db: Database;
  close(): Promise<void>;
}

/**
 * Reads that lag behind writes as a real server's do, whose tables follow its events: a second connection that looks at
 * a picture of the database, taken anew every `lag` milliseconds (a read transaction in WAL mode).
 *
 * @param file the store's SQLite file.
 * @param lag longest lag in milliseconds, more than 0.
 */
export async function openLaggingReads(file: string, lag: number): Promise<LaggingReads> {
  const { db } = openDatabase<Tables>(file);
  await takePicture(db);
  let taking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    taking = taking.then(() => renewPicture(db));
  }, lag).unref();
  return {
    db,
    async close() {
      clearInterval(timer);
      await taking;
      await sql`COMMIT`.execute(db);
      await db.destroy();
    },
  };
}

async function takePicture(db: Database): Promise<void> {
  await sql`BEGIN`.execute(db);
  // The picture is taken by the first read, not by BEGIN.
  await db.selectFrom('events').select('position').limit(1).execute();
}

async function renewPicture(db: Database): Promise<void> {
  await sql`COMMIT`.execute(db);
  await takePicture(db);
}
