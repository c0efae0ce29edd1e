import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { countFromCounts } from './count-users.ts';
import { narrowUsers } from './narrow-users.ts';
import type { UserCondition } from './user-condition.ts';

/** More candidates than this are no help: walking through everybody in the wanted order finds a page sooner. */
const MOST = 5_000;

/** So few that no shorter list is looked for. */
const FEW = 100;

/** Positions of everybody who may match, and maybe of others. */
type Candidates = readonly number[];

/**
 * The shortest list of users among whom all who satisfy every condition are.
 *
 * @returns undefined when there is none of at most 5,000.
 */
export async function findCandidates(
  db: Database,
  conditions: readonly UserCondition[],
): Promise<Candidates | undefined> {
  const all = conditions.flatMap((each) => (each.kind === 'and' ? [...each.conditions] : [each]));
  let best = await shortestOf(db, all, MOST);
  if (!best || best.length > FEW) best = (await byIndex(db, all, best?.length ?? MOST)) ?? best;
  return best;
}

async function shortestOf(
  db: Database,
  conditions: readonly UserCondition[],
  most: number,
): Promise<Candidates | undefined> {
  let best: Candidates | undefined;
  for (const condition of conditions) {
    best = (await listOf(db, condition, best?.length ?? most)) ?? best;
    if (best && best.length <= FEW) return best;
  }
  return best;
}

/** @returns undefined when there are more than `most`, or when nothing tells. */
async function listOf(db: Database, condition: UserCondition, most: number): Promise<Candidates | undefined> {
  switch (condition.kind) {
    case 'text':
    case 'ids':
    case 'emails':
    case 'metadataKey':
    case 'metadataValue': {
      const narrowed = await narrowUsers(db, condition);
      return narrowed && read(db, narrowed, most);
    }
    case 'or':
      return unionOf(db, condition.conditions, most);
    case 'and':
      return shortestOf(db, condition.conditions, most);
    case 'state':
    case 'type':
    case 'organisation':
    case 'organisations':
    case 'not':
      return undefined;
  }
}

async function unionOf(
  db: Database,
  conditions: readonly UserCondition[],
  most: number,
): Promise<Candidates | undefined> {
  const union = new Set<number>();
  for (const condition of conditions) {
    const list = await listOf(db, condition, most);
    if (!list) return undefined;
    for (const position of list) union.add(position);
    if (union.size > most) return undefined;
  }
  return [...union];
}

/** What organisation, kind and state say together, unless that is true of so many that a walk soon meets them. */
async function byIndex(db: Database, all: readonly UserCondition[], most: number): Promise<Candidates | undefined> {
  const narrow = all.filter((each) => ['state', 'type', 'organisation', 'organisations'].includes(each.kind));
  const [some, everybody] = [await countFromCounts(db, narrow), await countFromCounts(db, [])];
  if (some === undefined || everybody === undefined || some > most || some * 8 > everybody) return undefined;
  const where = narrow.map((each): RawBuilder<unknown> => {
    switch (each.kind) {
      case 'state':
        return sql`state = ${each.state ?? ''}`;
      case 'type':
        return sql`kind = ${each.type ?? ''}`;
      case 'organisation':
        return sql`organisation_id = ${each.id}`;
      case 'organisations':
        return sql`organisation_id IN (${sql.join([...each.ids])})`;
      default:
        return sql`1`;
    }
  });
  const local = narrow.some((each) => each.kind === 'organisation' || each.kind === 'organisations');
  const index = sql.raw(local ? 'users_by_organisation' : 'users_by_kind');
  // A state alone: the index begins with the kind.
  if (!local) where.push(sql`kind IN ('human', 'machine')`);
  const rows = sql`SELECT position FROM users INDEXED BY ${index} WHERE ${sql.join(where, sql` AND `)}`;
  const selves = narrow.flatMap((each) => (each.kind === 'organisations' && each.self ? [each.self] : []));
  const oneself = selves.map((id) => sql` UNION SELECT position FROM users WHERE id = ${id}`);
  return read(db, sql`SELECT position FROM (${rows}${sql.join(oneself, sql``)})`, most + 1);
}

async function read(db: Database, list: RawBuilder<unknown>, most: number): Promise<Candidates | undefined> {
  const { rows } = await sql<{ position: number }>`${list} LIMIT ${most + 1}`.execute(db);
  return rows.length > most ? undefined : rows.map(({ position }) => position);
}
