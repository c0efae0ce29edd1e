import type { Factor } from '@latchkey/contract/factor';
import { type CallerCode, CodeChannel } from '@latchkey/contract/reset';
import type { Clock } from '../clock.ts';
import type { CallerCodeRow } from '../store/notice-tables.ts';
import type { Store } from '../store/open-store.ts';
import type { UserRecord } from '../zitadel/to-user.ts';
import { maskAddress } from './mask-address.ts';
import type { ServiceAccount } from './service-account.ts';

/** As long as ZITADEL's codes live (zitadel.md 3.3). */
export const codeLifetimeMs = 5 * 60_000;
/** A case can lean on a code for this long after it was sent. */
export const codeProofMs = 30 * 60_000;
/** Wrong ones count towards the person's lock-out at ZITADEL, so there are few. */
export const mostAttempts = 3;

type Reachable = Pick<UserRecord, 'state' | 'emailAddress' | 'phoneNumber'>;

/**
 * Where a code to the caller could go: to channels on which this person already takes codes at sign-in, and to the
 * verified address only. None for somebody locked or deactivated: ZITADEL begins no session of theirs.
 *
 * @param factors all of the person's.
 * @returns null when no service account is set up.
 */
export function codeChannelsOf(
  serviceAccount: ServiceAccount | null,
  user: Reachable,
  factors: readonly Factor[],
): { channel: CodeChannel; to: string }[] | null {
  if (!serviceAccount) return null;
  if (user.state !== 'active' && user.state !== 'initial') return [];
  return CodeChannel.options.flatMap((channel) => {
    const ready = factors.some(({ kind, state }) => kind === channel && state === 'ready');
    const contact = channel === 'otpEmail' ? user.emailAddress : user.phoneNumber;
    return ready && contact?.verified ? [{ channel, to: maskAddress(channel, contact.address) }] : [];
  });
}

/** A code on which a case leans: whose agent sent it about whom. */
export interface CallerCodeUse {
  readonly callerCodeId: string;
  readonly agentId: string;
  readonly userId: string;
  readonly resetId: string;
}

interface CodeParts {
  readonly store: Store;
  readonly clock: Clock;
}

/**
 * A code that `useCallerCode` would spend. It is not spent by this.
 *
 * @returns by which channel it had gone and where, masked; null when there is no such code.
 */
export async function findCallerCode(
  { store, clock }: CodeParts,
  use: CallerCodeUse,
): Promise<{ channel: CodeChannel; to: string } | null> {
  const row = await store
    .selectFrom('caller_codes')
    .select(['channel', 'masked_to'])
    .where('caller_code_id', '=', use.callerCodeId)
    .where('agent_id', '=', use.agentId)
    .where('user_id', '=', use.userId)
    .where('state', '=', 'verified')
    .where('created_at', '>', clock() - codeProofMs)
    .where((where) => where.or([where('used_for', 'is', null), where('used_for', '=', use.resetId)]))
    .executeTakeFirst();
  return row ? { channel: row.channel, to: row.masked_to } : null;
}

/** Gives a code back whose case was not kept. */
export async function freeCallerCode({ store }: Pick<CodeParts, 'store'>, resetId: string): Promise<void> {
  await store.updateTable('caller_codes').set({ used_for: null }).where('used_for', '=', resetId).execute();
}

/**
 * Spends a code that was read out right on a case: by this agent, about this user, not older than 30 minutes, once. The
 * same case may ask again.
 *
 * @returns where it had gone, masked; null when there is no such code.
 */
export async function useCallerCode({ store, clock }: CodeParts, use: CallerCodeUse): Promise<{ to: string } | null> {
  const spent = await store
    .updateTable('caller_codes')
    .set({ used_for: use.resetId })
    .where('caller_code_id', '=', use.callerCodeId)
    .where('agent_id', '=', use.agentId)
    .where('user_id', '=', use.userId)
    .where('state', '=', 'verified')
    .where('created_at', '>', clock() - codeProofMs)
    .where((where) => where.or([where('used_for', 'is', null), where('used_for', '=', use.resetId)]))
    .returning('masked_to')
    .executeTakeFirst();
  return spent ? { to: spent.masked_to } : null;
}

/** @param now epoch milliseconds. */
export function toCallerCode(row: CallerCodeRow, now: number): CallerCode {
  return {
    callerCodeId: row.caller_code_id,
    channel: row.channel,
    to: row.masked_to,
    state: row.state === 'sent' && row.expires_at <= now ? 'expired' : row.state,
    attemptsLeft: mostAttempts - row.attempts,
    expiresAt: new Date(row.expires_at).toISOString(),
  };
}
