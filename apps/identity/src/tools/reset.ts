import { renameSync, rmSync } from 'node:fs';
import * as z from 'zod';
import type { DataFolder } from '../data/folder.ts';
import { FIRST_START_FILE } from '../seed/first-start.ts';
import { copyEvents } from '../store/copy-events.ts';
import { openStore } from '../store/open-store.ts';
import type { Report } from './report.ts';

const firstStart = z.object({ position: z.number().int() });

/** The folder was made before first starts were remembered. */
export class NoFirstStart extends Error {
  override readonly name = 'NoFirstStart';

  constructor(path: string) {
    super(`${path} does not say what its first start made. Delete the folder instead: the next start makes a new one.`);
  }
}

/**
 * Puts an instance back to where its first start left it: people, factors, policy and ids as they were then, all tokens
 * and keys in the folder's files still good, everybody signed out. A database with the first events takes the place of
 * the other in one step, so a killed reset has reset nothing, or everything.
 *
 * @throws NoFirstStart
 */
export async function reset(folder: DataFolder, report: Report): Promise<void> {
  const text = folder.read(FIRST_START_FILE);
  if (text === undefined) throw new NoFirstStart(folder.path);
  const { position } = firstStart.parse(JSON.parse(text));
  const draft = folder.file('identity.db.draft');
  removeDatabase(draft);
  const store = await openStore(folder.path);
  const count = await copyEvents(store.db, draft, position).finally(() => store.close());
  removeDatabase(folder.file('tokens.db'));
  // The old database was closed, and so took its log in: what is left of one belongs to nothing.
  for (const rest of ['-wal', '-shm']) rmSync(folder.file(`identity.db${rest}`), { force: true });
  renameSync(draft, folder.file('identity.db'));
  report.done(`back at the first start, with ${count.toLocaleString('en')} events`);
}

function removeDatabase(file: string): void {
  for (const part of ['', '-wal', '-shm']) rmSync(`${file}${part}`, { force: true });
}
