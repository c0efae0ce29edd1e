import type { Kysely, Migration } from 'kysely';

/** Where the audit begins after its oldest rows were pruned: the last of them, signed. */
export const auditAnchors: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('audit_anchors')
      .addColumn('seq', 'bigint', (column) => column.primaryKey())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('pruned_at', 'bigint', (column) => column.notNull())
      .addColumn('kid', 'text', (column) => column.notNull())
      .addColumn('signature', 'text', (column) => column.notNull())
      .execute();
  },
};
