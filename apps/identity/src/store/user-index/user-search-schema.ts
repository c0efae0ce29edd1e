/** Columns by which lists are ordered through an index that also answers what lists are narrowed by. */
const ORDERED = {
  given_name: 'given_name COLLATE NOCASE',
  family_name: 'family_name COLLATE NOCASE',
  nick_name: 'nick_name COLLATE NOCASE',
  display_name: 'display_name COLLATE NOCASE',
  email: 'email COLLATE NOCASE',
  state: 'state COLLATE NOCASE',
  kind: 'kind COLLATE NOCASE',
  created_at: 'created_at',
} as const;

/** Which index walks through the users in which order. */
export const ORDER_INDEX = {
  id: 'sqlite_autoindex_users_1',
  username: 'users_by_username',
  given_name: 'users_in_order_of_given_name',
  family_name: 'users_in_order_of_family_name',
  nick_name: 'users_in_order_of_nick_name',
  display_name: 'users_in_order_of_display_name',
  email: 'users_in_order_of_email',
  state: 'users_in_order_of_state',
  kind: 'users_in_order_of_kind',
  created_at: 'users_in_order_of_created_at',
} as const;

/** Indices that only speed reading up: a bulk load makes them once, at its end. */
export const USER_INDICES: readonly string[] = [
  'CREATE INDEX IF NOT EXISTS users_by_organisation ON users (organisation_id, kind, state, position)',
  'CREATE INDEX IF NOT EXISTS users_by_kind ON users (kind, state, position)',
  ...Object.entries(ORDERED).map(
    ([column, expression]) =>
      `CREATE INDEX IF NOT EXISTS users_in_order_of_${column} ON users (${expression}, id, kind, state, organisation_id)`,
  ),
];

const count = (row: 'new' | 'old', organisation: string, by: 1 | -1) =>
  `INSERT INTO user_counts VALUES (${organisation}, ${row}.kind, ${row}.state, ${by})
    ON CONFLICT DO UPDATE SET users = users + ${by};`;
const countIn = `${count('new', 'new.organisation_id', 1)} ${count('new', "''", 1)}`;
const countOut = `${count('old', 'old.organisation_id', -1)} ${count('old', "''", -1)}
  DELETE FROM user_counts
    WHERE organisation_id IN (old.organisation_id, '') AND kind = old.kind AND state = old.state AND users = 0;`;

/**
 * What makes lists and searches of a million users as fast as of a thousand: an index for each order, counts that are
 * kept and not counted, and an index of the parts of names (docs/decisions/0040-search-at-scale.md).
 */
export const USER_SEARCH: readonly string[] = [
  'ALTER TABLE users ADD COLUMN position INTEGER NOT NULL DEFAULT 0',
  `UPDATE users SET position = (
    SELECT max(position) FROM events
    WHERE aggregate_id = users.id AND type IN ('user.human.added', 'user.machine.added'))`,
  'CREATE UNIQUE INDEX users_by_position ON users (position)',
  'DROP INDEX users_by_organisation',
  'DROP INDEX users_by_email',
  `CREATE TABLE user_counts (
    organisation_id TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, users INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, kind, state)) WITHOUT ROWID`,
  'INSERT INTO user_counts SELECT organisation_id, kind, state, count(*) FROM users GROUP BY 1, 2, 3',
  "INSERT INTO user_counts SELECT '', kind, state, count(*) FROM users GROUP BY 2, 3",
  `CREATE TRIGGER users_counted_in AFTER INSERT ON users BEGIN ${countIn} END`,
  `CREATE TRIGGER users_counted_anew AFTER UPDATE OF organisation_id, kind, state ON users BEGIN
    ${countOut} ${countIn} END`,
  `CREATE TRIGGER users_counted_out AFTER DELETE ON users BEGIN
    ${countOut} DELETE FROM user_grams WHERE rowid = old.position; END`,
  `CREATE VIRTUAL TABLE user_grams USING fts5 (
    grams, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii')`,
  ...USER_INDICES,
];
