import { openDatabase } from '@latchkey/database/open-database';
import { sql } from 'kysely';
import type { DataFolder } from './folder.ts';

/** Another process has the folder: the server, or a command that changes its data. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';

  constructor(path: string, cause: unknown) {
    super(`${path} is in use. Stop the identity server, or the command, that runs on it.`, { cause });
  }
}

/**
 * Takes the folder for this process until it is released or the process ends, however it ends: the lock is the
 * operating system's, on an SQLite file that holds nothing.
 *
 * @returns what releases it.
 * @throws FolderInUse
 */
export async function lockFolder(folder: DataFolder): Promise<() => Promise<void>> {
  const { db } = openDatabase(folder.file('in-use.lock'));
  try {
    // Who holds it holds it for long: waiting is no help.
    await sql`PRAGMA busy_timeout = 0`.execute(db);
    await sql`BEGIN EXCLUSIVE`.execute(db);
  } catch (cause) {
    await db.destroy();
    throw new FolderInUse(folder.path, cause);
  }
  return async () => {
    // The library's close leaves the connection, and so the lock, to the garbage collector.
    await sql`ROLLBACK`.execute(db);
    await db.destroy();
  };
}
