import type { DataFolder } from '../data/folder.ts';
import { openStore } from '../store/open-store.ts';
import { digestTables, rebuildTables } from '../store/rebuild.ts';
import type { Report } from './report.ts';

/**
 * Reads the tables from the events again, and says which were not what the events make of them.
 *
 * @returns the names of those tables.
 */
export async function rebuild(folder: DataFolder, report: Report): Promise<readonly string[]> {
  const store = await openStore(folder.path);
  try {
    const before = await digestTables(store.db);
    const count = await store.change((db) =>
      rebuildTables(db, (events) => report.progress(`${events.toLocaleString('en')} events`)),
    );
    const after = await digestTables(store.db);
    const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
    report.done(`${count.toLocaleString('en')} events read; ${summary(changed)}`);
    return changed;
  } finally {
    await store.close();
  }
}

function summary(changed: readonly string[]): string {
  return changed.length === 0
    ? 'every table is as it was'
    : `these tables were not as the events say, and are now: ${changed.join(', ')}`;
}
