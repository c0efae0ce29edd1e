import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '@latchkey/database/migrate';
import { openDatabase } from '@latchkey/database/open-database';
import { makeUserIndices } from './bulk-load.ts';
import { migrations } from './migrations.ts';
import type { Database, Tables } from './tables.ts';
import { createVault, openVault, type Vault } from './vault.ts';

/** Where everything is kept, and the key to what is sealed in it. */
export interface Store {
  /** For reading. Never inside `change`: SQLite has one connection, and its transaction would wait for itself. */
  readonly db: Database;
  readonly vault: Vault;
  /**
   * Runs `work` in one transaction, durable when the promise resolves, without effect when it rejects. Load, decide and
   * append happen in here, so that of two removals of one factor one finds it gone.
   */
  change<Result>(work: (db: Database) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/**
 * Opens the store of a data folder (`identity.db` and `vault.key` in it), made if need be.
 *
 * @param folder absolute or relative; `:memory:` for tests, with a key that is forgotten with it.
 * @throws Error when the folder cannot be written or holds no valid key.
 */
export async function openStore(folder: string): Promise<Store> {
  const inMemory = folder === ':memory:';
  if (!inMemory) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const vault = inMemory ? createVault(randomBytes(32)) : openVault(folder);
  const { db } = openDatabase<Tables>(inMemory ? ':memory:' : join(folder, 'identity.db'));
  await migrate(db, migrations);
  // A bulk load that was killed had taken them away.
  await makeUserIndices(db);
  return {
    db,
    vault,
    change: (work) => db.transaction().execute(work),
    close: () => db.destroy(),
  };
}
