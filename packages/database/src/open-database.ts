import { chmodSync, closeSync, openSync } from 'node:fs';
import { type Dialect, Kysely, PostgresDialect, type SqliteDatabase, SqliteDialect } from 'kysely';
import Database from 'libsql';
import pg from 'pg';
import { ImpatientClient } from './impatient-client.ts';

export type DatabaseKind = 'sqlite' | 'postgres';

/** A database and which of the two it is: the few queries that differ ask `kind`. */
export interface OpenDatabase<Schema> {
  readonly db: Kysely<Schema>;
  readonly kind: DatabaseKind;
}

/** How long a statement may go without an answer: a server that hangs without closing would hold every request. */
const patienceMs = 20_000;

/**
 * Opens the database at `where`: a `postgres://` URL, or the path of an SQLite file (`:memory:` for tests).
 * An SQLite file is made if need be, readable by its owner only, in WAL mode with `synchronous=FULL`, so that an
 * acknowledged change survives a power cut. One process owns an SQLite file; many processes take PostgreSQL.
 *
 * @param patience milliseconds until PostgreSQL owes the answer to a statement, after which the statement fails as one of
 * a lost database does; 0 waits for ever, as long migrations must.
 * @throws Error when the file or the server cannot be opened.
 */
export function openDatabase<Schema>(where: string, patience = patienceMs): OpenDatabase<Schema> {
  if (/^postgres(ql)?:\/\//.test(where)) {
    return { kind: 'postgres', db: new Kysely<Schema>({ dialect: postgresDialect(where, patience) }) };
  }
  return { kind: 'sqlite', db: new Kysely<Schema>({ dialect: sqliteDialect(where) }) };
}

function postgresDialect(url: string, patience: number): Dialect {
  // int8 arrives as text by default; our counters and epoch milliseconds fit a double exactly.
  const types = {
    getTypeParser: (oid: number, format?: never) => (oid === 20 ? Number : pg.types.getTypeParser(oid, format)),
  };
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: 5_000,
    query_timeout: patience,
    Client: ImpatientClient,
    types: types as never,
  });
  // A server that restarts or fails over cuts idle connections, which the pool reports here and then replaces. Without a
  // listener that report would end the process; a query that needs a connection and gets none throws by itself.
  pool.on('error', () => {});
  // The pool listens to idle connections only. One that breaks between two queries of a transaction reports to nobody.
  pool.on('connect', (client) => client.on('error', () => {}));
  return new PostgresDialect({ pool });
}

function sqliteDialect(file: string): Dialect {
  if (file !== ':memory:') {
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
  }
  const database = new Database(file);
  // The patience first: to go over to WAL takes a lock as well.
  for (const pragma of ['busy_timeout = 10000', 'journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) {
    database.pragma(pragma);
  }
  return new SqliteDialect({ database: cachingStatements(database) });
}

/** Preparing costs more than running a short statement, so each text is prepared once. */
function cachingStatements(database: Database.Database): SqliteDatabase {
  const statements = new Map<string, ReturnType<SqliteDatabase['prepare']>>();
  return {
    close() {
      // The driver lets go of the file only when the last statement is collected; whoever moves or copies the file after
      // `close` must find everything in it. Not waiting: another connection may be reading.
      database.pragma('busy_timeout = 0');
      try {
        // With a transaction open it cannot be; then the log stays beside the file, and the next opening reads it.
        if (!database.inTransaction) database.pragma('wal_checkpoint(TRUNCATE)');
      } finally {
        statements.clear();
        database.close();
      }
    },
    prepare(asked) {
      // A transaction that reads before it writes takes its turn at once. SQLite refuses one that asks for it later, when
      // another connection has written meanwhile, and no patience helps there.
      const text = asked === 'begin' ? 'begin immediate' : asked;
      let statement = statements.get(text);
      if (!statement) {
        statement = database.prepare(text) as unknown as ReturnType<SqliteDatabase['prepare']>;
        // A text built for one call (a list of ids) must not fill the memory: the cache is small and simply starts again.
        if (statements.size > 500) statements.clear();
        statements.set(text, statement);
      }
      return statement;
    },
  };
}
