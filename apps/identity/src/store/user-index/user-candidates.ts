import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../event-store.ts';
import type { UserCondition } from '../user-search.ts';
import { gramQuery } from './grams.ts';

/** More candidates than this are no help: walking through everybody in the wanted order finds a page sooner. */
const MOST = 5_000;

/** A query for the positions of everybody who may match, and maybe others. */
type Candidates = RawBuilder<{ position: number }>;

/**
 * The shortest list of users among whom all who satisfy every condition are.
 *
 * @returns undefined when there is none of at most 5,000.
 */
export async function findCandidates(
  db: Database,
  conditions: readonly UserCondition[],
): Promise<Candidates | undefined> {
  let best: { readonly list: Candidates; readonly size: number } | undefined;
  for (const list of listsFor(conditions)) {
    const most: number = best ? best.size : MOST + 1;
    const size = await sizeOf(db, list, most);
    if (size < most) best = { list, size };
  }
  return best?.list;
}

async function sizeOf(db: Database, list: Candidates, most: number): Promise<number> {
  const { rows } = await sql<{ size: number }>`SELECT count(*) AS size FROM (${list} LIMIT ${most})`.execute(db);
  return rows[0]?.size ?? 0;
}

/** One list for what organisation, kind and state say together, and one for each further condition that has one. */
function listsFor(conditions: readonly UserCondition[]): readonly Candidates[] {
  const all = conditions.flatMap((each) => (each.kind === 'and' ? [...each.conditions] : [each]));
  return [...byIndex(all), ...all.map(listOf)].filter((list) => list !== undefined);
}

function byIndex(all: readonly UserCondition[]): readonly Candidates[] {
  const narrowed = all.flatMap((each) => {
    if (each.kind === 'state') return [sql`state = ${each.state ?? ''}`];
    if (each.kind === 'type') return [sql`kind = ${each.type ?? ''}`];
    return [];
  });
  const lists: Candidates[] = [];
  for (const each of all) {
    if (each.kind !== 'organisation' && each.kind !== 'organisations') continue;
    const ids = each.kind === 'organisation' ? [each.id] : each.ids;
    const here = sql.join([sql`organisation_id IN (${sql.join(ids)})`, ...narrowed], sql` AND `);
    const rows = sql`SELECT position FROM users INDEXED BY users_by_organisation WHERE ${here}`;
    lists.push(withOneself(rows, each.kind === 'organisations' ? each.self : undefined));
  }
  // A state alone narrows, too: of most there are few.
  const kind = all.some((each) => each.kind === 'type') ? [] : [sql`kind IN ('human', 'machine')`];
  const where = sql.join([...kind, ...narrowed], sql` AND `);
  if (narrowed.length > 0) lists.push(sql`SELECT position FROM users INDEXED BY users_by_kind WHERE ${where}`);
  return lists;
}

function withOneself(rows: RawBuilder<unknown>, self: string | undefined): Candidates {
  return self === undefined
    ? sql`SELECT position FROM (${rows})`
    : sql`SELECT position FROM (${rows} UNION SELECT position FROM users WHERE id = ${self})`;
}

function listOf(condition: UserCondition): Candidates | undefined {
  switch (condition.kind) {
    case 'text': {
      const query = gramQuery(condition.column, condition.text);
      return query === undefined
        ? undefined
        : sql`SELECT rowid AS position FROM user_grams WHERE user_grams MATCH ${query}`;
    }
    case 'ids':
      return sql`SELECT position FROM users WHERE id IN (${sql.join([...condition.ids])})`;
    case 'emails':
      return sql`SELECT position FROM users INDEXED BY users_in_order_of_email
        WHERE email COLLATE NOCASE IN (${sql.join([...condition.emails])})`;
    case 'or': {
      const lists = condition.conditions.map(listOf);
      if (lists.length === 0 || !lists.every((list) => list !== undefined)) return undefined;
      return sql`SELECT position FROM (${sql.join(unlike(lists), sql` UNION `)})`;
    }
    case 'and':
      return condition.conditions.map(listOf).find((list) => list !== undefined);
    case 'state':
    case 'type':
    case 'organisation':
    case 'organisations':
    case 'not':
      return undefined;
  }
}

/** Several columns searched for one text have one list. */
function unlike(lists: readonly Candidates[]): readonly Candidates[] {
  const seen = new Map<string, Candidates>();
  for (const list of lists) seen.set(JSON.stringify(list.toOperationNode()), list);
  return [...seen.values()];
}
