import type { Kysely, Migration } from 'kysely';

/** What a fresh sign-in is for, and which browser holds a session. */
export const intents: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('transactions').addColumn('intent', 'text').execute();
    await db.schema.alterTable('sessions').addColumn('intent', 'text').execute();
    await db.schema.alterTable('sessions').addColumn('browser', 'text').execute();
  },
};
