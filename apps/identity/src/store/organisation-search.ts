import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from './event-store.ts';
import type { OrganisationTable, Tables } from './tables.ts';
import { matchesText, type TextMethod } from './text-match.ts';

export type OrganisationCondition =
  | {
      readonly kind: 'text';
      readonly column: 'name' | 'primary_domain';
      readonly method: TextMethod;
      readonly text: string;
    }
  | { readonly kind: 'state'; readonly state: OrganisationTable['state'] | undefined }
  | { readonly kind: 'id'; readonly id: string };

export interface OrganisationSearch {
  readonly conditions: readonly OrganisationCondition[];
  readonly visible: 'all' | readonly string[];
  readonly order: 'id' | 'name' | 'created_at';
  readonly ascending: boolean;
  readonly offset: number;
  readonly limit?: number;
}

/** A page of organisations, and how many match whether or not they may be seen. */
export async function searchOrganisations(
  db: Database,
  search: OrganisationSearch,
): Promise<{ readonly total: number; readonly organisations: readonly OrganisationTable[] }> {
  const matching = db
    .selectFrom('organisations')
    .where((where) => where.and(search.conditions.map((condition) => toSql(where, condition))));
  const { total } = await matching.select((where) => where.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const direction = search.ascending ? 'asc' : 'desc';
  const { visible } = search;
  const organisations = await matching
    .$if(visible !== 'all', (query) => query.where('id', 'in', visible === 'all' ? [] : [...visible]))
    .selectAll()
    .orderBy(search.order, direction)
    .orderBy('id', direction)
    .limit(search.limit ?? -1)
    .offset(search.offset)
    .execute();
  return { total, organisations };
}

function toSql(
  where: ExpressionBuilder<Tables, 'organisations'>,
  condition: OrganisationCondition,
): Expression<SqlBool> {
  switch (condition.kind) {
    case 'text':
      return matchesText(condition.column, condition.method, condition.text);
    case 'state':
      return condition.state ? where('state', '=', condition.state) : sql<boolean>`0`;
    case 'id':
      return where('id', '=', condition.id);
  }
}
