import type { Reset, ResetState, ResetStep, ResetSummary } from '@latchkey/contract/reset';
import type { ResetRow } from '../../store/reset-tables.ts';
import { toTime } from '../case/case-store.ts';

/** A case, as it is listed. */
export function toSummary(
  row: ResetRow,
  steps: readonly ResetStep[],
  state: ResetState,
  disputed: ResetSummary['disputed'],
): ResetSummary {
  const wanted = steps.filter((step) => step.state !== 'skipped');
  return {
    resetId: row.reset_id,
    user: { userId: row.user_id, name: row.user_name, loginName: row.login_name },
    organisation: { organisationId: row.organisation_id, name: row.organisation_name },
    state,
    agent: { userId: row.agent_id, name: row.agent_name },
    startedBy: { userId: row.started_by_id, name: row.started_by_name },
    reason: row.reason,
    ticket: row.ticket,
    createdAt: timeOf(row.created_at),
    changedAt: timeOf(row.changed_at),
    finishedAt: toTime(row.finished_at),
    disputed,
    stepsDone: wanted.filter((step) => ['done', 'unneeded', 'waiting'].includes(step.state)).length,
    stepsInAll: wanted.length,
  };
}

/** What the operator says of refresh tokens, in seconds. */
export interface RefreshLifetimes {
  readonly refreshIdle: number;
  readonly refreshAbsolute: number;
}

/**
 * Until when at most refresh tokens of ended sessions live on: no call ends somebody else's (zitadel-oidc.md 4). Under a
 * lock they cannot be used, so that they end by being idle.
 *
 * @param now epoch milliseconds.
 */
export function tokenEndsOf(
  row: ResetRow,
  steps: readonly ResetStep[],
  { refreshIdle, refreshAbsolute }: RefreshLifetimes,
  now: number,
): Pick<Reset, 'tokensLiveUntil' | 'tokensLiveUntilIfLocked'> {
  const lock = steps.find(({ deed, state }) => deed.step === 'lockUser' && (state === 'done' || state === 'unneeded'));
  const lockedAt = lock?.answeredAt ? Date.parse(lock.answeredAt) : now;
  return {
    tokensLiveUntil: timeOf((row.finished_at ?? now) + refreshAbsolute * 1000),
    tokensLiveUntilIfLocked: timeOf(lockedAt + Math.min(refreshIdle, refreshAbsolute) * 1000),
  };
}

const timeOf = (moment: number): string => new Date(moment).toISOString();
