import { migrate } from '@latchkey/database/migrate';
import { openDatabase } from '@latchkey/database/open-database';
import type { Kysely, Migration } from 'kysely';

/**
 * What oidc-provider keeps: codes, tokens, browser sessions, requests under way. Not part of the event store: none of
 * it is history. Its names are the tokens themselves, so a row has their fingerprint and a sealed payload.
 */
export interface ArtifactsTable {
  readonly model: string;
  readonly fingerprint: string;
  /** Fingerprint of the browser session's second name. */
  readonly uid: string | null;
  /** JSON, sealed by the vault. */
  readonly payload: string;
  /** Epoch seconds. */
  readonly expires_at: number | null;
}

/**
 * The tokens that came of one exchange of a code, what ZITADEL calls an OIDC session. It names the access and the
 * refresh token that count now: whoever writes last wins, and what it replaced is dead at once.
 */
export interface TokenSetsTable {
  readonly id: string;
  readonly client_id: string;
  readonly user_id: string;
  /** Id of the session of `/v2/sessions` that the person signed in with. */
  readonly session_id: string;
  /** Epoch seconds of the latest check; null when nothing was checked. */
  readonly auth_time: number | null;
  /** JSON array. */
  readonly amr: string;
  readonly access_token: string | null;
  readonly refresh_token: string | null;
  /** Position of the last event before the access token: later ones about person or session may end it. */
  readonly made_after: number;
  /** Epoch seconds after which no refresh helps. */
  readonly ends_at: number;
}

/** Notices of ended sign-ins that an application has not taken yet. */
export interface LogoutNoticesTable {
  /** The `jti` of every attempt. */
  readonly id: string;
  readonly uri: string;
  readonly client_id: string;
  readonly user_id: string;
  readonly session_id: string;
  /** How many were made. */
  readonly attempts: number;
  /** Epoch milliseconds before which none is to be made. */
  readonly due_at: number;
}

/** One row: position of the last event of which notices were queued. */
export interface LogoutPositionTable {
  readonly id: 1;
  readonly position: number;
}

export interface TokenTables {
  oidc_artifacts: ArtifactsTable;
  oidc_token_sets: TokenSetsTable;
  oidc_logout_notices: LogoutNoticesTable;
  oidc_logout_position: LogoutPositionTable;
}

export type TokenDatabase = Kysely<TokenTables>;

const first: Migration = {
  async up(db) {
    await db.schema
      .createTable('oidc_artifacts')
      .addColumn('model', 'text', (column) => column.notNull())
      .addColumn('fingerprint', 'text', (column) => column.notNull())
      .addColumn('uid', 'text')
      .addColumn('payload', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'integer')
      .addPrimaryKeyConstraint('oidc_artifacts_pk', ['model', 'fingerprint'])
      .execute();
    await db.schema.createIndex('oidc_artifacts_uid').on('oidc_artifacts').columns(['model', 'uid']).execute();
    await db.schema.createIndex('oidc_artifacts_expiry').on('oidc_artifacts').column('expires_at').execute();
    await db.schema
      .createTable('oidc_token_sets')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('client_id', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('session_id', 'text', (column) => column.notNull())
      .addColumn('auth_time', 'integer')
      .addColumn('amr', 'text', (column) => column.notNull())
      .addColumn('access_token', 'text')
      .addColumn('refresh_token', 'text')
      .addColumn('made_after', 'integer', (column) => column.notNull())
      .addColumn('ends_at', 'integer', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('oidc_token_sets_session').on('oidc_token_sets').column('session_id').execute();
    await db.schema.createIndex('oidc_token_sets_end').on('oidc_token_sets').column('ends_at').execute();
  },
};

const second: Migration = {
  async up(db) {
    await db.schema
      .createTable('oidc_logout_notices')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('uri', 'text', (column) => column.notNull())
      .addColumn('client_id', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('session_id', 'text', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('due_at', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('oidc_logout_position')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('position', 'integer', (column) => column.notNull())
      .execute();
  },
};

/**
 * Opens the database of tokens and brings it to the newest version.
 *
 * @param file path of the SQLite file, or `:memory:`.
 */
export async function openTokenDatabase(file: string): Promise<TokenDatabase> {
  const { db } = openDatabase<TokenTables>(file);
  await migrate(db, { '0001-tokens': first, '0002-logout-notices': second });
  return db;
}

/** Deletes what ended a day ago or earlier: until then an answer can still tell "expired" from "never heard of". */
export async function sweepTokens(db: TokenDatabase, now: number = Date.now()): Promise<void> {
  const before = Math.floor(now / 1000) - 86_400;
  await db.deleteFrom('oidc_artifacts').where('expires_at', '<', before).execute();
  await db.deleteFrom('oidc_token_sets').where('ends_at', '<', before).execute();
}
