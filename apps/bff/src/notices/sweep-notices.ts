import type { NoticeParts } from './notice-parts.ts';

/**
 * Forgets what mails said once nothing needs it any more: they are out or given up, and nobody can dispute by them. That
 * a person was told, when and where, stays with the case.
 */
export async function sweepNotices({ store, clock }: Pick<NoticeParts, 'store' | 'clock'>): Promise<void> {
  const now = clock();
  await store
    .updateTable('notices')
    .set({ facts: '{}', code_hash: null })
    .where('state', '<>', 'waiting')
    .where('facts', '<>', '{}')
    .where((where) => where.or([where('code_expires_at', 'is', null), where('code_expires_at', '<=', now)]))
    .where('dispute_next_at', 'is', null)
    .where('created_at', '<=', now - keptMs)
    .execute();
}

const keptMs = 7 * 24 * 3_600_000;
