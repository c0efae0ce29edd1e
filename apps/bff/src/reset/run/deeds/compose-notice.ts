import type { ResetStep } from '@latchkey/contract/reset';
import type { Actor } from '../../../guard/actor.ts';
import type { UserNotice } from '../../../notices/tell-user.ts';
import type { ResetRow } from '../../../store/reset-tables.ts';
import { readRecipient } from '../../../zitadel/read/read-recipient.ts';
import { readUser } from '../../../zitadel/read/read-user.ts';
import { choiceOf } from '../../case/case-store.ts';
import type { ResetParts } from '../../reset-parts.ts';

/** A case as the person is told of it. */
export interface ToldCase {
  readonly row: ResetRow;
  readonly steps: readonly ResetStep[];
  /** Whether the account stays locked. */
  readonly keptLocked: boolean;
}

/**
 * What the person is told was done. Recovery codes that go after the unlock are in it: the telling comes before.
 *
 * @throws Problem when ZITADEL does not say who they are.
 */
export async function composeNotice(
  { zitadel, clock }: ResetParts,
  actor: Actor,
  { row, steps, keptLocked }: ToldCase,
): Promise<UserNotice> {
  const [person, agent] = await Promise.all([
    readRecipient(zitadel, actor.caller, row.user_id),
    readUser(zitadel, actor.caller, actor.userId),
  ]);
  const done = steps.filter(({ state }) => state === 'done');
  return {
    resetId: row.reset_id,
    userId: row.user_id,
    name: person.name,
    address: person.address,
    language: person.language,
    removed: [...done, ...findLaterRemovals(steps)].flatMap(({ deed }) =>
      deed.step === 'removeFactor'
        ? [{ factor: deed.factor, ...(deed.name !== undefined && { name: deed.name }) }]
        : [],
    ),
    sessionsEnded: countEnded(steps),
    keptLocked,
    reenrolment: done.some(({ deed }) => deed.step === 'sendPasswordReset' || deed.step === 'sendPasskeyLink')
      ? choiceOf(row).reenrolment
      : 'none',
    agent: { userId: actor.userId, name: agent.displayName, email: agent.email },
    at: clock(),
  };
}

function findLaterRemovals(steps: readonly ResetStep[]): ResetStep[] {
  const told = steps.find(({ deed }) => deed.step === 'tellUser');
  const isRunning = told?.state === 'planned' || told?.state === 'tried';
  return isRunning ? steps.filter(({ number, state }) => number > told.number && state === 'planned') : [];
}

/** ZITADEL ends sessions by a lock, too: what the case then finds gone, it has ended. */
function countEnded(steps: readonly ResetStep[]): number {
  const byLock = steps.some(({ deed, state }) => deed.step === 'lockUser' && state === 'done');
  const ended = steps.filter(
    ({ deed, state }) => deed.step === 'endSession' && (state === 'done' || (byLock && state === 'unneeded')),
  );
  const later = steps.find(({ deed }) => deed.step === 'endLaterSessions');
  return ended.length + (later?.count ?? 0);
}
