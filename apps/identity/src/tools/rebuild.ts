import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../store/open-store.ts';
import { digestTables, rebuildTables } from '../store/rebuild.ts';

/*
 * Reads the tables from the events again: `LATCHKEY_DATA=.data npm run identity:rebuild`, with the server stopped. Says
 * which tables were not what the events make of them; the exit code is 1 then.
 */

const folder = join(process.env.LATCHKEY_DATA ?? '.data', 'identity');

if (!existsSync(join(folder, 'identity.db'))) {
  process.stderr.write(`there is no identity server's data in ${folder}\n`);
  process.exit(2);
}

const store = await openStore(folder);
try {
  const before = await digestTables(store.db);
  const count = await store.change((db) =>
    rebuildTables(db, (events) => process.stderr.write(`\r${events.toLocaleString('en')} events`)),
  );
  const after = await digestTables(store.db);
  const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
  process.stdout.write(`\r${count.toLocaleString('en')} events read; ${summary(changed)}\n`);
  process.exitCode = changed.length > 0 ? 1 : 0;
} finally {
  await store.close();
}

function summary(changed: readonly string[]): string {
  return changed.length === 0
    ? 'every table is as it was'
    : `these tables were not as the events say: ${changed.join(', ')}`;
}
