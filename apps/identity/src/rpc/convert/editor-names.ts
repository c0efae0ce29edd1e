import type { StoredEvent } from '../../domain/events.ts';
import type { Database } from '../../store/tables.ts';
import type { EditorNames } from './events.ts';

/** Who caused these events, by id. */
export async function loadEditorNames(
  db: Database,
  events: readonly StoredEvent[],
): Promise<ReadonlyMap<string, EditorNames>> {
  const ids = [...new Set(events.map((event) => event.editor))];
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('users').select(['id', 'display_name', 'username']).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, { displayName: row.display_name, loginName: row.username }]));
}
