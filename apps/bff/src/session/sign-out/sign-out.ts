import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { describeError } from '../../http/describe-error.ts';
import type { Store } from '../../store/open-store.ts';
import { ProviderError } from '../provider/provider-error.ts';
import type { TokenSet } from '../provider/signed-in.ts';
import type { SessionParts } from '../session-parts.ts';

/** What ZITADEL must still be told. `idToken` only where its session ends too: a new sign-in in the same browser keeps it. */
const PendingSignOut = z.object({ refreshToken: z.string().nullable(), idToken: z.string().nullable() });
type PendingSignOut = z.infer<typeof PendingSignOut>;

export type SignOutExtent = 'tokens' | 'tokensAndSession';

/** A session with tokens of this version; with `lease`, as long as that is held. */
export interface SessionState {
  readonly idHash: string;
  readonly version: number;
  readonly lease?: string;
}

const patience = 2_000;
const longestPause = 600_000;

/**
 * Ends tokens at ZITADEL: the refresh token is revoked and, for `tokensAndSession`, the person's session there ended.
 * Neither does the other's work (zitadel-oidc.md, 4). What must be done is written down first, in the transaction that
 * deletes our session, so that a crash or an outage in between only delays it.
 *
 * @param deletes our session, when there is one.
 * @returns after at most two seconds; what is not done by then is done later. False when the session was not there any
 *   more as told: then nothing was done, because others may hold tokens that are newer than these.
 */
export async function signOut(
  parts: SessionParts,
  tokens: TokenSet,
  extent: SignOutExtent,
  deletes?: SessionState,
): Promise<boolean> {
  const { store, signOutVault, clock, config } = parts;
  const id = randomUUID();
  const now = clock();
  const pending: PendingSignOut = {
    refreshToken: tokens.refreshToken,
    idToken: extent === 'tokensAndSession' ? tokens.idToken : null,
  };
  const row = {
    id,
    ...signOutVault.seal(pending, id, id),
    created_at: now,
    attempts: 0,
    next_attempt_at: now + patience * 2,
    expires_at: now + config.sessions.refreshAbsolute * 1000,
  };
  const agreed = await store.transaction().execute(async (transaction) => {
    if (deletes && !(await deleteSession(transaction, deletes))) return false;
    await transaction.insertInto('sign_outs').values(row).execute();
    return true;
  });
  if (agreed) await within(patience, completeSignOut(parts, id, pending));
  return agreed;
}

/**
 * Revokes tokens that we hold and nobody will use, because what should have followed them failed. Does not throw: when
 * the database does not take them either, ZITADEL is asked once, now.
 */
export async function revokeUnused(parts: SessionParts, tokens: TokenSet): Promise<void> {
  const { log, provider } = parts;
  const { refreshToken } = tokens;
  try {
    await signOut(parts, tokens, 'tokens');
  } catch (error) {
    log.error({ error: describeError(error) }, 'tokens that nobody uses could not be written down to be revoked');
    if (refreshToken === null) return;
    const asked = provider.revoke(refreshToken).catch((failure: unknown) => {
      log.error({ error: describeError(failure) }, 'tokens that nobody uses could not be revoked');
    });
    await within(patience, asked);
  }
}

/**
 * Tries again what is due. Several processes may run this: each entry is claimed by moving its next attempt.
 *
 * @returns how many were completed.
 */
export async function retrySignOuts(parts: SessionParts): Promise<number> {
  const { store, clock, signOutVault, log } = parts;
  const now = clock();
  let completed = 0;
  const due = await store.selectFrom('sign_outs').selectAll().where('next_attempt_at', '<=', now).limit(50).execute();
  for (const row of due) {
    const pause = Math.min(2_000 * 2 ** row.attempts, longestPause);
    const claim = await store
      .updateTable('sign_outs')
      .set({ attempts: row.attempts + 1, next_attempt_at: now + pause })
      .where('id', '=', row.id)
      .where('attempts', '=', row.attempts)
      .executeTakeFirst();
    if (claim.numUpdatedRows === 0n) continue;
    const pending = PendingSignOut.safeParse(signOutVault.open(row, row.id, row.id));
    if (!pending.success) log.error({ kid: row.kid }, 'a token that waits to be revoked cannot be opened');
    else if (await completeSignOut(parts, row.id, pending.data)) completed += 1;
  }
  return completed;
}

async function deleteSession(store: Store, { idHash, version, lease }: SessionState): Promise<boolean> {
  const session = store.deleteFrom('sessions').where('id_hash', '=', idHash).where('version', '=', version);
  const held = lease === undefined ? session : session.where('lease', '=', lease);
  return (await held.executeTakeFirst()).numDeletedRows > 0n;
}

async function completeSignOut({ provider, store, log }: SessionParts, id: string, pending: PendingSignOut) {
  const { refreshToken, idToken } = pending;
  const acts = await Promise.all([
    refreshToken === null || attempt(() => provider.revoke(refreshToken)),
    idToken === null || attempt(() => provider.endSession(idToken)),
  ]);
  const done = acts.every(Boolean);
  if (done) await store.deleteFrom('sign_outs').where('id', '=', id).execute();
  return done;

  /** A refusal is an answer too: there is nothing to end any more. */
  async function attempt(act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      log.warn({ error: describeError(error) }, 'signing out at ZITADEL failed');
      return error instanceof ProviderError && error.kind === 'refused';
    }
  }
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patienceEnds = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, patienceEnds]);
  clearTimeout(timer);
}
