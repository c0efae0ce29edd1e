import { Act, type AuditRecord } from '@latchkey/contract/activity';
import type { ReasonBody } from '@latchkey/contract/removal';
import * as z from 'zod/mini';
import type { NamedActor } from '../guard/actor.ts';
import type { AuditRow } from '../store/tables.ts';
import type { UnchainedRow } from './chain.ts';

/** An act and where it is done: in an organisation, or null for the instance. */
export interface PlacedAct {
  readonly act: Act;
  readonly organisationId: string | null;
}

/** An act that somebody tried; `at` is when it was announced, epoch milliseconds. */
export interface TriedAct extends PlacedAct {
  readonly actorId: string;
  readonly at: number;
}

/** All columns that an act's rows have in common. */
export type ActColumns = Omit<UnchainedRow, 'at' | 'phase' | 'outcome' | 'code'>;

export function toActColumns(
  actId: string,
  actor: NamedActor,
  { act: { act, ...rest }, organisationId }: PlacedAct,
  why: ReasonBody,
): ActColumns {
  const { userId = null, ...detail } = 'userId' in rest ? rest : { ...rest, userId: null };
  return {
    act_id: actId,
    act,
    user_id: userId,
    organisation_id: organisationId,
    detail: JSON.stringify(detail),
    reason: why.reason,
    ticket: why.ticket ?? null,
    ...toActorColumns(actor),
  };
}

export function toActorColumns(
  actor: NamedActor,
): Pick<AuditRow, 'actor_id' | 'request_id' | 'address' | 'auth_time' | 'amr'> {
  return {
    actor_id: actor.userId,
    request_id: actor.requestId,
    address: actor.address,
    auth_time: actor.authTime,
    amr: actor.amr.join(' '),
  };
}

/** The act a row is about. @throws ZodError when the row was not written by this or a former version. */
export function toAct(row: Pick<AuditRow, 'act' | 'user_id' | 'detail'>): Act {
  const detail: unknown = JSON.parse(row.detail);
  return z.parse(Act, { ...Object(detail), act: row.act, ...(row.user_id !== null && { userId: row.user_id }) });
}

/**
 * An act as it is shown.
 *
 * @param intent its first row.
 * @param last its last row: the intent itself, as long as nothing is known of the outcome.
 */
export function toAuditRecord(intent: AuditRow, last: AuditRow): AuditRecord {
  return {
    source: 'latchkey',
    actId: intent.act_id,
    at: new Date(intent.at).toISOString(),
    actorId: intent.actor_id,
    act: toAct(intent),
    reason: intent.reason,
    ticket: intent.ticket,
    outcome: last.outcome ?? 'unknown',
    resolvedLater: last.phase === 'resolution',
    requestId: intent.request_id,
  };
}
