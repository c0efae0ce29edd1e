import type { Store } from '../../store/open-store.ts';

/**
 * Lets go of cases that a dead process held, so that nobody waits for its lease. Only where no other process can hold one:
 * on SQLite, at the start.
 */
export async function freeCases(store: Store): Promise<void> {
  const free = { runner: null, runner_until: null };
  await store.updateTable('resets').set(free).where('runner', 'is not', null).execute();
}
