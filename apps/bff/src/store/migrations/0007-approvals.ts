import type { Kysely, Migration } from 'kysely';

/** What waits for a second person. */
export const approvals: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('approvals')
      .addColumn('approval_id', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('subject_id', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('plan_hash', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text')
      .addColumn('organisation_id', 'text')
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('requested_by_id', 'text', (column) => column.notNull())
      .addColumn('requested_by_name', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('ticket', 'text')
      .addColumn('requested_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('decided_by_id', 'text')
      .addColumn('decided_by_name', 'text')
      .addColumn('decided_at', 'bigint')
      .addColumn('decision_reason', 'text')
      .execute();
    await db.schema.createIndex('approvals_requested_at').on('approvals').column('requested_at').execute();
    await db.schema.createIndex('approvals_subject').on('approvals').columns(['kind', 'subject_id']).execute();
  },
};
