import type { Kysely, Migration } from 'kysely';

/** Sign-in, sessions, and what must still be signed out. */
export const sessions: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('transactions')
      .addColumn('state_hash', 'text', (column) => column.primaryKey())
      .addColumn('bind_hash', 'text', (column) => column.notNull())
      .addColumn('page_state', 'text', (column) => column.notNull())
      .addColumn('page_challenge', 'text', (column) => column.notNull())
      .addColumn('purpose', 'text', (column) => column.notNull())
      .addColumn('session_hash', 'text')
      .addColumn('subject', 'text')
      .addColumn('started_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();

    await db.schema
      .createTable('handles')
      .addColumn('handle_hash', 'text', (column) => column.primaryKey())
      .addColumn('bind_hash', 'text', (column) => column.notNull())
      .addColumn('page_challenge', 'text', (column) => column.notNull())
      .addColumn('kid', 'text', (column) => column.notNull())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();

    await db.schema
      .createTable('sessions')
      .addColumn('id_hash', 'text', (column) => column.primaryKey())
      .addColumn('sid', 'text')
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('last_seen_at', 'bigint', (column) => column.notNull())
      .addColumn('idle_seconds', 'bigint', (column) => column.notNull())
      .addColumn('absolute_end', 'bigint', (column) => column.notNull())
      .addColumn('auth_time', 'bigint', (column) => column.notNull())
      .addColumn('amr', 'text', (column) => column.notNull())
      .addColumn('version', 'bigint', (column) => column.notNull())
      .addColumn('lease', 'text')
      .addColumn('lease_until', 'bigint')
      .addColumn('kid', 'text', (column) => column.notNull())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .addColumn('ended', 'text')
      .execute();
    await db.schema.createIndex('sessions_sid').on('sessions').column('sid').execute();
    await db.schema.createIndex('sessions_subject').on('sessions').column('subject').execute();

    await db.schema
      .createTable('sign_outs')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('kid', 'text', (column) => column.notNull())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('attempts', 'bigint', (column) => column.notNull())
      .addColumn('next_attempt_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();

    await db.schema
      .createTable('logout_tokens')
      .addColumn('jti_hash', 'text', (column) => column.primaryKey())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
