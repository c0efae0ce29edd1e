import type { Kysely, Migration } from 'kysely';

/** What was done in ZITADEL and why, chained by hash; and the answers that a repeated request gets again. */
export const audit: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('audit')
      .addColumn('seq', 'bigint', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('phase', 'text', (column) => column.notNull())
      .addColumn('act_id', 'text', (column) => column.notNull())
      .addColumn('act', 'text', (column) => column.notNull())
      .addColumn('actor_id', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text')
      .addColumn('organisation_id', 'text')
      .addColumn('detail', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('ticket', 'text')
      .addColumn('outcome', 'text')
      .addColumn('code', 'text')
      .addColumn('request_id', 'text', (column) => column.notNull())
      .addColumn('address', 'text')
      .addColumn('auth_time', 'bigint')
      .addColumn('amr', 'text')
      .addColumn('previous_hash', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('audit_act_id').on('audit').columns(['act_id', 'phase']).execute();
    await db.schema.createIndex('audit_user_id').on('audit').columns(['user_id', 'seq']).execute();
    await db.schema.createIndex('audit_actor_id').on('audit').columns(['actor_id', 'seq']).execute();

    await db.schema
      .createTable('idempotency')
      .addColumn('key_hash', 'text', (column) => column.primaryKey())
      .addColumn('request_hash', 'text', (column) => column.notNull())
      .addColumn('status', 'bigint')
      .addColumn('body', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('idempotency_expires_at').on('idempotency').column('expires_at').execute();
  },
};
