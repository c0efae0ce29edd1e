import { type Kysely, type Migration, Migrator } from 'kysely';

/**
 * Brings a database to the newest version, forward only. Safe when several processes start at once: Kysely takes a lock.
 *
 * @param migrations by name; names sort in the order in which they run (`0001-sessions`).
 * @throws the first migration's error; what ran before it stays.
 */
export async function migrate<Schema>(db: Kysely<Schema>, migrations: Record<string, Migration>): Promise<void> {
  const migrator = new Migrator({
    db: db as unknown as Kysely<never>,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
