import { type Kysely, type Migration, sql } from 'kysely';
import type { Tables } from './tables.ts';
import { indexUser } from './user-index/index-user.ts';
import { USER_SEARCH } from './user-index/user-search-schema.ts';

/** Plain SQL, for SQLite only: one process owns this file, and ZITADEL itself is the way to many machines. */
const FIRST = [
  `CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT, aggregate_type TEXT NOT NULL, aggregate_id TEXT NOT NULL,
    sequence INTEGER NOT NULL, resource_owner TEXT NOT NULL, editor TEXT NOT NULL, type TEXT NOT NULL,
    payload TEXT NOT NULL, created_at INTEGER NOT NULL)`,
  'CREATE UNIQUE INDEX events_by_aggregate ON events (aggregate_id, aggregate_type, sequence)',
  'CREATE INDEX events_by_type ON events (type, position)',
  'CREATE INDEX events_by_editor ON events (editor, position)',
  `CREATE TABLE instances (
    id TEXT PRIMARY KEY, sequence INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
    name TEXT NOT NULL, default_organisation_id TEXT NOT NULL, project_id TEXT NOT NULL,
    max_password_attempts INTEGER NOT NULL, max_code_attempts INTEGER NOT NULL)`,
  `CREATE TABLE organisations (
    id TEXT PRIMARY KEY, sequence INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
    name TEXT NOT NULL, state TEXT NOT NULL, primary_domain TEXT NOT NULL)`,
  'CREATE INDEX organisations_by_name ON organisations (name)',
  `CREATE TABLE users (
    id TEXT PRIMARY KEY, sequence INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
    organisation_id TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, username TEXT NOT NULL,
    display_name TEXT NOT NULL, given_name TEXT NOT NULL, family_name TEXT NOT NULL, nick_name TEXT NOT NULL,
    preferred_language TEXT NOT NULL, gender TEXT NOT NULL, email TEXT NOT NULL, email_verified INTEGER NOT NULL,
    phone TEXT NOT NULL, phone_verified INTEGER NOT NULL, password_hash TEXT, password_changed_at INTEGER,
    password_change_required INTEGER NOT NULL, password_failures INTEGER NOT NULL, code_failures INTEGER NOT NULL,
    mfa_init_skipped_at INTEGER, description TEXT NOT NULL, access_token_type INTEGER NOT NULL)`,
  'CREATE UNIQUE INDEX users_by_username ON users (username COLLATE NOCASE)',
  'CREATE INDEX users_by_organisation ON users (organisation_id, id)',
  'CREATE INDEX users_by_email ON users (email COLLATE NOCASE)',
  `CREATE TABLE factors (
    user_id TEXT NOT NULL, organisation_id TEXT NOT NULL, kind TEXT NOT NULL, token_id TEXT NOT NULL,
    state TEXT NOT NULL, name TEXT NOT NULL, orphaned INTEGER NOT NULL, rp_id TEXT NOT NULL, challenge TEXT NOT NULL,
    credential_id TEXT NOT NULL, public_key TEXT NOT NULL, sign_count INTEGER NOT NULL, sealed_secret TEXT NOT NULL,
    details TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (user_id, kind, token_id)) WITHOUT ROWID`,
  `CREATE TABLE codes (
    user_id TEXT NOT NULL, purpose TEXT NOT NULL, code_id TEXT NOT NULL, code_mac TEXT NOT NULL,
    expires_at INTEGER NOT NULL, PRIMARY KEY (user_id, purpose, code_id)) WITHOUT ROWID`,
  `CREATE TABLE members (
    scope TEXT NOT NULL, scope_id TEXT NOT NULL, resource_owner TEXT NOT NULL, user_id TEXT NOT NULL,
    roles TEXT NOT NULL, sequence INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, scope, scope_id)) WITHOUT ROWID`,
  'CREATE INDEX members_by_scope ON members (scope, scope_id)',
  `CREATE TABLE personal_access_tokens (
    id TEXT PRIMARY KEY, sequence INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
    user_id TEXT NOT NULL, organisation_id TEXT NOT NULL, token_hash TEXT NOT NULL, expires_at INTEGER NOT NULL)`,
  'CREATE UNIQUE INDEX personal_access_tokens_by_hash ON personal_access_tokens (token_hash)',
  'CREATE INDEX personal_access_tokens_by_user ON personal_access_tokens (user_id)',
  `CREATE TABLE login_policies (
    owner_id TEXT PRIMARY KEY, sequence INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
    rules TEXT NOT NULL)`,
  `CREATE TABLE login_policy_factors (
    owner_id TEXT NOT NULL, level TEXT NOT NULL, factor INTEGER NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (owner_id, level, factor)) WITHOUT ROWID`,
  `CREATE TABLE sessions (
    id TEXT PRIMARY KEY, sequence INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
    creator TEXT NOT NULL, resource_owner TEXT NOT NULL, user_id TEXT NOT NULL, user_organisation_id TEXT NOT NULL,
    user_checked_at INTEGER, password_checked_at INTEGER, totp_checked_at INTEGER, otp_sms_checked_at INTEGER,
    otp_email_checked_at INTEGER, recovery_code_checked_at INTEGER, webauthn_checked_at INTEGER,
    webauthn_user_verified INTEGER NOT NULL, token_hash TEXT NOT NULL, metadata TEXT NOT NULL,
    user_agent TEXT NOT NULL, fingerprint_id TEXT NOT NULL, expires_at INTEGER, otp_sms_mac TEXT NOT NULL,
    otp_sms_expires_at INTEGER NOT NULL, otp_email_mac TEXT NOT NULL, otp_email_expires_at INTEGER NOT NULL,
    webauthn_challenge TEXT NOT NULL)`,
  'CREATE INDEX sessions_by_token ON sessions (token_hash)',
  'CREATE INDEX sessions_by_user ON sessions (user_id)',
  `CREATE TABLE projects (
    id TEXT PRIMARY KEY, sequence INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
    organisation_id TEXT NOT NULL, name TEXT NOT NULL)`,
  'CREATE UNIQUE INDEX projects_by_name ON projects (organisation_id, name)',
  `CREATE TABLE applications (
    id TEXT PRIMARY KEY, sequence INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
    project_id TEXT NOT NULL, organisation_id TEXT NOT NULL, name TEXT NOT NULL, client_id TEXT NOT NULL,
    configuration TEXT NOT NULL, secret_hash TEXT NOT NULL)`,
  'CREATE UNIQUE INDEX applications_by_name ON applications (project_id, name)',
  'CREATE INDEX applications_by_client ON applications (client_id)',
  `CREATE TABLE application_keys (
    id TEXT PRIMARY KEY, sequence INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
    application_id TEXT NOT NULL, project_id TEXT NOT NULL, client_id TEXT NOT NULL, public_key TEXT NOT NULL,
    expires_at INTEGER NOT NULL)`,
  'CREATE INDEX application_keys_by_client ON application_keys (client_id)',
  `CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT, created_at INTEGER NOT NULL, recipient_mac TEXT NOT NULL,
    sealed TEXT NOT NULL)`,
  'CREATE INDEX outbox_by_recipient ON outbox (recipient_mac, id)',
];

const STATES_AND_METADATA = [
  "ALTER TABLE projects ADD COLUMN state TEXT NOT NULL DEFAULT 'active'",
  "ALTER TABLE applications ADD COLUMN state TEXT NOT NULL DEFAULT 'active'",
  `CREATE TABLE user_metadata (
    user_id TEXT NOT NULL, key TEXT NOT NULL, organisation_id TEXT NOT NULL, value TEXT NOT NULL,
    sequence INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, key))`,
  'CREATE INDEX user_metadata_by_key ON user_metadata (key)',
];

async function run<Schema>(db: Kysely<Schema>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

async function indexEverybody(db: Kysely<Tables>): Promise<void> {
  await sql`INSERT INTO user_grams (user_grams) VALUES ('delete-all')`.execute(db);
  for (const { id } of await db.selectFrom('users').select('id').execute()) await indexUser(db, id);
}

export const migrations: Record<string, Migration> = {
  '0001-events-and-tables': { up: (db) => run(db, FIRST) },
  '0002-user-search': { up: (db) => run(db, USER_SEARCH) },
  '0003-parts-of-names': { up: indexEverybody },
  '0004-runs-of-digits': { up: indexEverybody },
  '0005-states-and-metadata': { up: (db) => run(db, STATES_AND_METADATA) },
};
