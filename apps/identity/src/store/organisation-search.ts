import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Database, OrganisationTable, Tables } from './tables.ts';
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

/**
 * A page of organisations of which the caller sees what they may, and how many match. As in ZITADEL the page is cut before
 * it is looked at what of it may be seen, and beyond the last page nothing is counted.
 */
export async function searchOrganisations(
  db: Database,
  search: OrganisationSearch,
): Promise<{ readonly total: number; readonly organisations: readonly OrganisationTable[] }> {
  const matching = db
    .selectFrom('organisations')
    .where((where) => where.and(search.conditions.map((condition) => toSql(where, condition))));
  const direction = search.ascending ? 'asc' : 'desc';
  const { visible } = search;
  const page = await matching
    .selectAll()
    .orderBy(search.order, direction)
    .orderBy('id', direction)
    .limit(search.limit ?? -1)
    .offset(search.offset)
    .execute();
  if (page.length === 0) return { total: 0, organisations: [] };
  const { total } = await matching.select((where) => where.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { total, organisations: visible === 'all' ? page : page.filter(({ id }) => visible.includes(id)) };
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
