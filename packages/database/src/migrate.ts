import { type Kysely, type Migration, Migrator, sql } from 'kysely';

/**
 * Brings a database to the newest version, forward only. Safe when several processes start at once, and when one is
 * killed half-way: PostgreSQL has a lock and takes tables back with the transaction; for SQLite, where Kysely does
 * neither, everything happens in one exclusive transaction.
 *
 * @param migrations by name; names sort in the order in which they run (`0001-sessions`).
 * @throws the first migration's error; on PostgreSQL what ran before it stays, on SQLite nothing does.
 */
export async function migrate<Schema>(db: Kysely<Schema>, migrations: Record<string, Migration>): Promise<void> {
  if (db.getExecutor().adapter.supportsTransactionalDdl) {
    await migrateToLatest(db, migrations);
    return;
  }
  await db.connection().execute(async (connection) => {
    await sql`begin exclusive`.execute(connection);
    try {
      await migrateToLatest(connection, migrations);
      await sql`commit`.execute(connection);
    } catch (error) {
      await sql`rollback`.execute(connection);
      throw error;
    }
  });
}

async function migrateToLatest<Schema>(db: Kysely<Schema>, migrations: Record<string, Migration>): Promise<void> {
  const migrator = new Migrator({
    db: db as unknown as Kysely<never>,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
