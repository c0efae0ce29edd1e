import { Gauge, type Registry } from 'prom-client';
import type { Store } from '../store/open-store.ts';
import { readPosition } from '../webhook/webhook-position.ts';

/**
 * What waits to be told to somebody: mails, disputed accounts that are not locked yet, and audit records. None of it may
 * grow old unseen. The gauges ask the database when they are read.
 *
 * @param webhook whether anybody is told of the audit.
 */
export function measureQueues(registry: Registry, store: Store, webhook: boolean): void {
  const registers = [registry];
  new Gauge({
    name: 'latchkey_mails',
    help: 'Mails that wait to be sent, and those that were given up.',
    labelNames: ['state'],
    registers,
    async collect() {
      for (const state of ['waiting', 'failed'] as const) {
        const row = await store
          .selectFrom('notices')
          .select((select) => select.fn.countAll().as('count'))
          .where('state', '=', state)
          .executeTakeFirstOrThrow();
        this.set({ state }, Number(row.count));
      }
    },
  });
  new Gauge({
    name: 'latchkey_disputes_unlocked',
    help: 'Accounts whose owner said "this was not me" and that could not be locked yet.',
    registers,
    async collect() {
      const row = await store
        .selectFrom('notices')
        .select((select) => select.fn.countAll().as('count'))
        .where('dispute_state', 'in', ['pressed', 'recorded'])
        .executeTakeFirstOrThrow();
      this.set(Number(row.count));
    },
  });
  if (!webhook) return;
  new Gauge({
    name: 'latchkey_webhook_backlog',
    help: 'Audit records that the webhook has not taken yet.',
    registers,
    async collect() {
      const { seq } = await readPosition(store);
      const row = await store
        .selectFrom('audit')
        .select((select) => select.fn.countAll().as('count'))
        .where('seq', '>', seq)
        .executeTakeFirstOrThrow();
      this.set(Number(row.count));
    },
  });
}
