import type { DataFolder } from '../data/folder.ts';
import { generatePeople } from '../seed/generated/generate.ts';
import { openStore } from '../store/open-store.ts';
import type { Report } from './report.ts';

/**
 * Makes people until there are so many of a number, or until Ctrl-C; the same command goes on from there.
 *
 * @returns whether all are there.
 */
export async function generate(
  folder: DataFolder,
  report: Report,
  options: { readonly users: number; readonly number: number },
): Promise<boolean> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const store = await openStore(folder.path);
  const since = Date.now();
  const total = options.users.toLocaleString('en');
  try {
    const made = await generatePeople(store, {
      ...options,
      signal: stop.signal,
      progress: (users) => report.progress(`${users.toLocaleString('en')} of ${total} people`),
    });
    const seconds = ((Date.now() - since) / 1_000).toFixed(0);
    const all = made >= options.users;
    const rest = all ? '' : '; the same command makes the rest';
    report.done(`${made.toLocaleString('en')} people of number ${options.number} are there (${seconds} s)${rest}`);
    return all;
  } finally {
    await store.close();
  }
}
