import { randomUUID } from 'node:crypto';
import type { ActOutcome } from '@latchkey/contract/activity';
import type { ReasonBody } from '@latchkey/contract/removal';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { NamedActor } from '../guard/actor.ts';
import { describeError } from '../http/describe-error.ts';
import type { Store } from '../store/open-store.ts';
import { appendRow } from './append-row.ts';
import { type PlacedAct, toActColumns } from './audit-row.ts';
import { type LookUp, type OpenActs, resolveOpenActs } from './resolve-acts.ts';

/** An act that has been announced and whose outcome is not known yet. */
export interface AnnouncedAct {
  readonly actId: string;
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
  announce(actor: NamedActor, act: PlacedAct, why: ReasonBody): Promise<AnnouncedAct>;
  /**
   * Writes down what became of acts whose process died before it could, now that somebody has looked. Does not throw.
   *
   * @param acts which ones: those on a user, or those on the instance.
   * @param look what became of an act, as far as can be seen; undefined when it cannot.
   */
  resolve(actor: NamedActor, acts: OpenActs, look: LookUp): Promise<void>;
}

export function createAuditLog(store: Store, clock: Clock, log: Logger): AuditLog {
  const running = new Set<string>();
  return {
    announce: async (actor, act, why) => {
      const actId = randomUUID();
      const columns = toActColumns(actId, actor, act, why);
      running.add(actId);
      try {
        await appendRow(store, { ...columns, at: clock(), phase: 'intent', outcome: null, code: null });
      } catch (error) {
        running.delete(actId);
        throw error;
      }
      return {
        actId,
        end: async (outcome, code) => {
          // security.md 5.15: each change in the log, too, without the reason, which may name people.
          const { act: kind, actor_id: actorId, user_id: userId, request_id: requestId } = columns;
          log.info({ actId, act: kind, actorId, userId, requestId, outcome, code }, 'act');
          try {
            await appendRow(store, { ...columns, at: clock(), phase: 'outcome', outcome, code: code ?? null });
          } catch (error) {
            log.error({ actId, outcome, error: describeError(error) }, 'the outcome of an act could not be written');
          } finally {
            running.delete(actId);
          }
        },
      };
    },
    resolve: async (actor, acts, look) => {
      try {
        await resolveOpenActs({ store, clock, isRunning: (actId) => running.has(actId) }, actor, acts, look);
      } catch (error) {
        log.error({ error: describeError(error) }, 'acts without an outcome could not be resolved');
      }
    },
  };
}
