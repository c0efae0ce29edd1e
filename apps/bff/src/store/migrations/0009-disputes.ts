import type { Kysely, Migration } from 'kysely';

/** Until when "this was not me" holds an account, and which cases' locks were ended on the person's page. */
export const disputes: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('notices').addColumn('dispute_lifted_at', 'bigint').execute();
    await db.schema.createIndex('notices_user_id').on('notices').columns(['user_id', 'disputed_at']).execute();
    await db.schema.alterTable('resets').addColumn('unlocked_at', 'bigint').execute();
  },
};
