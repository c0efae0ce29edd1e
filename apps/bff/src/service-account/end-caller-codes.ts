import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { CallerCodeRow } from '../store/notice-tables.ts';
import type { Store } from '../store/open-store.ts';
import { codeProofMs } from './caller-codes.ts';
import type { ServiceAccount } from './service-account.ts';

/** As many as one turn ends; the rest follows with the next. */
const batch = 20;
/** By then ZITADEL has let the session expire by itself, whether or not it was ever told. */
const giveUpMs = 24 * 3_600_000;

/**
 * Ends the session of a code that is over. A session keeps what was proved in it, so none must stay. Does not throw: what
 * fails is tried again by `endCallerCodes`.
 */
export async function endCode(
  { store }: { readonly store: Store },
  serviceAccount: ServiceAccount,
  { caller_code_id, session_id }: CallerCodeRow,
): Promise<void> {
  if (session_id === null) return;
  try {
    await serviceAccount.endCode(randomUUID(), session_id);
  } catch {
    return;
  }
  await store
    .updateTable('caller_codes')
    .set({ session_id: null })
    .where('caller_code_id', '=', caller_code_id)
    .execute();
}

/** Ends the sessions of codes that are over, and forgets codes on which no case can lean any more. */
export async function endCallerCodes(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  serviceAccount: ServiceAccount | null,
): Promise<void> {
  const now = clock();
  if (serviceAccount) {
    const over = await store
      .selectFrom('caller_codes')
      .selectAll()
      .where('session_id', 'is not', null)
      .where((where) => where.or([where('state', '<>', 'sent'), where('expires_at', '<=', now)]))
      .orderBy('expires_at', 'desc')
      .limit(batch)
      .execute();
    for (const row of over) await endCode({ store }, serviceAccount, row);
  }
  await store
    .deleteFrom('caller_codes')
    .where('created_at', '<=', now - codeProofMs)
    .where((where) => where.or([where('session_id', 'is', null), where('created_at', '<=', now - giveUpMs)]))
    .execute();
}
