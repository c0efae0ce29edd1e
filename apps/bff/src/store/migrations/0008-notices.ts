import type { Kysely, Migration } from 'kysely';

/** Mail to users, codes to callers, and the webhook's place in the audit. */
export const notices: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('notices')
      .addColumn('notice_id', 'text', (column) => column.primaryKey())
      .addColumn('reset_id', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('language', 'text', (column) => column.notNull())
      .addColumn('facts', 'text', (column) => column.notNull())
      .addColumn('code_hash', 'text', (column) => column.unique())
      .addColumn('code_expires_at', 'bigint')
      .addColumn('disputed_at', 'bigint')
      .addColumn('dispute_state', 'text')
      .addColumn('dispute_attempts', 'bigint', (column) => column.notNull().defaultTo(0))
      .addColumn('dispute_next_at', 'bigint')
      .addColumn('dispute_address', 'text')
      .addColumn('dispute_request_id', 'text')
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('attempts', 'bigint', (column) => column.notNull())
      .addColumn('next_attempt_at', 'bigint')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('sent_at', 'bigint')
      .execute();
    await db.schema.createIndex('notices_reset_id').on('notices').column('reset_id').execute();
    await db.schema.createIndex('notices_due').on('notices').columns(['state', 'next_attempt_at']).execute();

    await db.schema
      .createTable('caller_codes')
      .addColumn('caller_code_id', 'text', (column) => column.primaryKey())
      .addColumn('agent_id', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('channel', 'text', (column) => column.notNull())
      .addColumn('masked_to', 'text', (column) => column.notNull())
      .addColumn('session_id', 'text')
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('attempts', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('used_for', 'text')
      .execute();
    await db.schema.createIndex('caller_codes_expires_at').on('caller_codes').column('expires_at').execute();

    await db.schema
      .createTable('webhook_position')
      .addColumn('id', 'bigint', (column) => column.primaryKey())
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addColumn('attempts', 'bigint', (column) => column.notNull())
      .addColumn('next_attempt_at', 'bigint', (column) => column.notNull())
      .addColumn('lease', 'text')
      .addColumn('lease_until', 'bigint')
      .execute();
  },
};
