import type { Kysely, Migration } from 'kysely';

/** Cases of the safe reset. */
export const resets: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('resets')
      .addColumn('reset_id', 'text', (column) => column.primaryKey())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('open_user_id', 'text', (column) => column.unique())
      .addColumn('user_name', 'text', (column) => column.notNull())
      .addColumn('login_name', 'text', (column) => column.notNull())
      .addColumn('organisation_id', 'text', (column) => column.notNull())
      .addColumn('organisation_name', 'text')
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('user_state', 'text', (column) => column.notNull())
      .addColumn('agent_id', 'text', (column) => column.notNull())
      .addColumn('agent_name', 'text', (column) => column.notNull())
      .addColumn('started_by_id', 'text', (column) => column.notNull())
      .addColumn('started_by_name', 'text', (column) => column.notNull())
      .addColumn('caller', 'text', (column) => column.notNull())
      .addColumn('choice', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('ticket', 'text')
      .addColumn('plan_hash', 'text', (column) => column.notNull())
      .addColumn('approval_because', 'text')
      .addColumn('runner', 'text')
      .addColumn('runner_until', 'bigint')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .addColumn('finished_at', 'bigint')
      .execute();
    await db.schema.createIndex('resets_created_at').on('resets').column('created_at').execute();
    await db.schema.createIndex('resets_user_id').on('resets').columns(['user_id', 'created_at']).execute();
    await db.schema.createIndex('resets_started_by').on('resets').columns(['started_by_id', 'created_at']).execute();

    await db.schema
      .createTable('reset_steps')
      .addColumn('reset_id', 'text', (column) => column.notNull())
      .addColumn('number', 'bigint', (column) => column.notNull())
      .addColumn('deed', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('tried_at', 'bigint')
      .addColumn('answered_at', 'bigint')
      .addColumn('skipped', 'text')
      .addColumn('problem', 'text')
      .addColumn('permission', 'text')
      .addColumn('role', 'text')
      .addColumn('act_id', 'text')
      .addColumn('count', 'bigint')
      .addPrimaryKeyConstraint('reset_steps_key', ['reset_id', 'number'])
      .execute();
  },
};
