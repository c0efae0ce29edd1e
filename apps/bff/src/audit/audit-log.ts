import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Actor } from '../guard/actor.ts';
import { describeError } from '../http/describe-error.ts';
import type { Store } from '../store/open-store.ts';
import type { Act, ActOutcome, Why } from './act.ts';
import { appendRow } from './append-row.ts';
import type { UnchainedRow } from './chain.ts';

/** An act that has been announced and whose outcome is not known yet. */
export interface AnnouncedAct {
  /**
   * Writes what became of it. Does not throw: what was done is done, and an intent without an outcome is resolved later.
   *
   * @param code the problem code of a refusal.
   */
  end(outcome: ActOutcome, code?: string): Promise<void>;
}

/** Where every change is written down: before it is tried, and after. */
export interface AuditLog {
  /** @throws Error when it cannot be written: then the act must not be tried. */
  announce(actor: Actor, act: Act, why: Why): Promise<AnnouncedAct>;
  /** Whether an act is being made by this process now. */
  isRunning(actId: string): boolean;
}

export function createAuditLog(store: Store, clock: Clock, log: Logger): AuditLog {
  const running = new Set<string>();
  return {
    announce: async (actor, act, why) => {
      const actId = randomUUID();
      const row = { ...toRow(actor, act), act_id: actId, reason: why.reason, ticket: why.ticket ?? null };
      running.add(actId);
      try {
        await appendRow(store, { ...row, at: clock(), phase: 'intent', outcome: null, code: null });
      } catch (error) {
        running.delete(actId);
        throw error;
      }
      return {
        end: async (outcome, code) => {
          try {
            await appendRow(store, { ...row, at: clock(), phase: 'outcome', outcome, code: code ?? null });
          } catch (error) {
            log.error({ actId, outcome, error: describeError(error) }, 'the outcome of an act could not be written');
          } finally {
            running.delete(actId);
          }
        },
      };
    },
    isRunning: (actId) => running.has(actId),
  };
}

type ActColumns = Omit<UnchainedRow, 'at' | 'phase' | 'act_id' | 'reason' | 'ticket' | 'outcome' | 'code'>;

function toRow(actor: Actor, act: Act): ActColumns {
  const { act: kind, ...rest } = act;
  const { user, ...detail } = 'user' in rest ? rest : { ...rest, user: undefined };
  return {
    act: kind,
    actor_id: actor.userId,
    user_id: user?.userId ?? null,
    organisation_id: user?.organisationId ?? null,
    detail: JSON.stringify(detail),
    request_id: actor.requestId,
    address: actor.address,
    auth_time: actor.authTime,
    amr: actor.amr.join(' '),
  };
}
