import { makeChange } from '../../changes/make-change.ts';
import type { NamedActor } from '../../guard/actor.ts';
import { describeError } from '../../http/describe-error.ts';
import { Problem } from '../../http/problem.ts';
import type { ServiceAccount } from '../../service-account/service-account.ts';
import type { NoticeRow } from '../../store/notice-tables.ts';
import { needFor } from '../../zitadel/permission.ts';
import type { Recipient } from '../../zitadel/read/read-recipient.ts';
import { isPrecondition } from '../../zitadel/to-problem.ts';
import type { NoticeParts } from '../notice-parts.ts';
import { tellDispute } from './tell-dispute.ts';

export const disputeReason = 'The person said by the link in their mail: this was not me';

/** The next look after each failure; the last one repeats. */
const pauses = [5_000, 15_000, 60_000, 300_000];

/** When a lock that was there already is looked at again: the case that made it may just have undone it. */
const secondLookMs = 60_000;

/**
 * Does what follows a dispute, as far as it is not done: the audit, the lock, the mails. Does not throw: what fails is
 * tried again by `retryDisputes`.
 *
 * @param row claimed by this process.
 * @returns whether the account is locked.
 */
export async function followDispute(
  parts: NoticeParts,
  serviceAccount: ServiceAccount,
  row: NoticeRow,
): Promise<boolean> {
  const origin = { requestId: row.dispute_request_id ?? row.notice_id, address: row.dispute_address };
  try {
    const actor = await serviceAccount.actor(origin);
    const person = await serviceAccount.readPerson(origin.requestId, row.user_id);
    await record(parts, actor, row, person);
    const lock = await lockOnce(parts, serviceAccount, actor, person);
    await settle(parts, row, lock);
    await tellDispute(parts, serviceAccount, row, person.name, isLocked(lock));
    return isLocked(lock);
  } catch (error) {
    parts.log.error({ requestId: origin.requestId, error: describeError(error) }, 'a disputed account is not locked');
    const gone = error instanceof Problem && error.code === 'not_found';
    await settle(parts, row, gone ? 'unlockable' : 'failed').catch(() => {});
    await tellDispute(parts, null, row, null, false).catch(() => {});
    return false;
  }
}

/** `unlockable`: nobody can sign in to it as it is. */
type Lock = 'done' | 'unneeded' | 'unlockable' | 'failed';

const isLocked = (lock: Lock): boolean => lock === 'done' || lock === 'unneeded';

async function record(
  { audit, store }: NoticeParts,
  actor: NamedActor,
  row: NoticeRow,
  { userId, organisationId }: Recipient,
): Promise<void> {
  if (row.dispute_state !== 'pressed') return;
  const act = { act: 'disputeReset', userId, resetId: row.reset_id } as const;
  await (await audit.announce(actor, { act, organisationId }, { reason: disputeReason })).end('done');
  await store
    .updateTable('notices')
    .set({ dispute_state: 'recorded' })
    .where('notice_id', '=', row.notice_id)
    .execute();
}

async function lockOnce(
  { audit }: NoticeParts,
  serviceAccount: ServiceAccount,
  actor: NamedActor,
  before: Recipient,
): Promise<Lock> {
  const { userId, organisationId, state } = before;
  if (state === 'inactive' || state === 'deleted') return 'unlockable';
  const { outcome } = await makeChange(
    { audit, actor, why: { reason: disputeReason } },
    {
      act: { act: { act: 'lockUser', userId }, organisationId },
      make: () => serviceAccount.lockUser(actor.requestId, userId),
      isUnneeded: isPrecondition,
      read: () => serviceAccount.readPerson(actor.requestId, userId),
      isDone: (person) => person.state === 'locked',
      before,
      need: needFor('user.write', organisationId),
    },
  );
  return outcome === 'done' || outcome === 'unneeded' ? outcome : 'failed';
}

async function settle({ store, clock }: NoticeParts, row: NoticeRow, lock: Lock): Promise<void> {
  const pause = pauses[Math.min(row.dispute_attempts, pauses.length) - 1] ?? secondLookMs;
  const next: Record<Lock, Partial<NoticeRow>> = {
    done: { dispute_state: 'locked', dispute_next_at: null },
    // A second look that finds it locked still is the last.
    unneeded: {
      dispute_state: 'locked',
      dispute_next_at: row.dispute_state === 'locked' ? null : clock() + secondLookMs,
    },
    unlockable: { dispute_state: 'unlockable', dispute_next_at: null },
    failed: { dispute_next_at: clock() + pause },
  };
  await store.updateTable('notices').set(next[lock]).where('notice_id', '=', row.notice_id).execute();
}
