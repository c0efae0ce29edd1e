import { sql } from 'kysely';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { countLeftLocked } from '../reset/case/left-locked.ts';
import type { Store } from '../store/open-store.ts';

/** What the process counts. Labels are from closed sets: no ids, no addresses. */
export interface Metrics {
  readonly registry: Registry;
  /** Seconds from request to answer, by route template, method and status. */
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  /** Refusals by problem code. */
  readonly problems: Counter<'code'>;
  /** Sign-ins by how they ended: `done`, or the kind of failure. */
  readonly signIns: Counter<'result'>;
  /** Token refreshes by how they ended. */
  readonly refreshes: Counter<'result'>;
  /** People who removed so many factors in ten minutes that somebody should look. */
  readonly removalAlarms: Counter;
  /** Decisions of second persons: `approved`, `refused`, `withdrawn`. */
  readonly approvalDecisions: Counter<'decision'>;
  /** Violations of the content security policy that browsers reported. */
  readonly policyViolations: Counter;
}

/** @param clock epoch milliseconds. The gauges ask the database when they are read. */
export function createMetrics(store: Store, clock: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'latchkey_sessions',
    help: 'Sessions that are not over.',
    registers,
    async collect() {
      const row = await store
        .selectFrom('sessions')
        .select((select) => select.fn.countAll().as('count'))
        .where('ended', 'is', null)
        .where('absolute_end', '>', clock())
        .where((where) => where(sql<number>`last_seen_at + idle_seconds * 1000`, '>', clock()))
        .executeTakeFirstOrThrow();
      this.set(Number(row.count));
    },
  });
  pendingSignOuts(store, clock, registers);
  waitingApprovals(store, clock, registers);
  openResets(store, registers);
  leftLocked(store, registers);
  return {
    registry,
    requests: new Histogram({
      name: 'latchkey_http_request_seconds',
      help: 'From request to answer.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    problems: new Counter({ name: 'latchkey_problems_total', help: 'Refusals.', labelNames: ['code'], registers }),
    signIns: new Counter({ name: 'latchkey_sign_ins_total', help: 'Sign-ins.', labelNames: ['result'], registers }),
    refreshes: new Counter({
      name: 'latchkey_token_refreshes_total',
      help: 'Refreshes of access tokens.',
      labelNames: ['result'],
      registers,
    }),
    removalAlarms: new Counter({
      name: 'latchkey_removal_alarms_total',
      help: 'Ten removals of factors by one person within ten minutes.',
      registers,
    }),
    approvalDecisions: new Counter({
      name: 'latchkey_approval_decisions_total',
      help: 'Decisions of second persons.',
      labelNames: ['decision'],
      registers,
    }),
    policyViolations: new Counter({
      name: 'latchkey_policy_violations_total',
      help: 'Reported violations of the content security policy.',
      registers,
    }),
  };
}

/** Tokens that ZITADEL has not heard of yet are the one thing here that an operator must not let grow old. */
function pendingSignOuts(store: Store, clock: () => number, registers: Registry[]): void {
  new Gauge({
    name: 'latchkey_pending_sign_outs',
    help: 'Sign-outs that ZITADEL has not heard of.',
    registers,
    async collect() {
      const row = await store
        .selectFrom('sign_outs')
        .select((select) => select.fn.countAll().as('count'))
        .executeTakeFirstOrThrow();
      this.set(Number(row.count));
    },
  });
  new Gauge({
    name: 'latchkey_pending_sign_outs_oldest_seconds',
    help: 'Age of the oldest sign-out that ZITADEL has not heard of.',
    registers,
    async collect() {
      const row = await store
        .selectFrom('sign_outs')
        .select((select) => select.fn.min('created_at').as('oldest'))
        .executeTakeFirstOrThrow();
      this.set(row.oldest === null ? 0 : (clock() - Number(row.oldest)) / 1000);
    },
  });
}

function openResets(store: Store, registers: Registry[]): void {
  new Gauge({
    name: 'latchkey_open_resets',
    help: 'Resets that are not over.',
    registers,
    async collect() {
      const row = await store
        .selectFrom('resets')
        .select((select) => select.fn.countAll().as('count'))
        .where('open_user_id', 'is not', null)
        .executeTakeFirstOrThrow();
      this.set(Number(row.count));
    },
  });
}

/** An account that a case locked and nobody unlocked is somebody who cannot work. */
function leftLocked(store: Store, registers: Registry[]): void {
  new Gauge({
    name: 'latchkey_locked_by_resets',
    help: 'Resets that locked an account which has not been unlocked since.',
    registers,
    async collect() {
      this.set(await countLeftLocked(store));
    },
  });
}

function waitingApprovals(store: Store, clock: () => number, registers: Registry[]): void {
  new Gauge({
    name: 'latchkey_approvals_waiting',
    help: 'Requests that a second person has not decided yet.',
    registers,
    async collect() {
      const row = await store
        .selectFrom('approvals')
        .select((select) => select.fn.countAll().as('count'))
        .where('state', '=', 'waiting')
        .where('expires_at', '>', clock())
        .executeTakeFirstOrThrow();
      this.set(Number(row.count));
    },
  });
}
