import { type Expression, type SqlBool, sql } from 'kysely';
import { type PageRequest, readCountedPage } from './counted-page.ts';
import type { Database, OrganisationTable } from './tables.ts';
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

export interface OrganisationSearch extends PageRequest<'id' | 'name' | 'created_at'> {
  readonly conditions: readonly OrganisationCondition[];
  readonly visible: 'all' | readonly string[];
}

/** A page of organisations, without those that the caller may not see, and how many match. */
export async function searchOrganisations(
  db: Database,
  search: OrganisationSearch,
): Promise<{ readonly total: number; readonly organisations: readonly OrganisationTable[] }> {
  const { visible } = search;
  const { total, rows } = await readCountedPage(db, 'organisations', search.conditions.map(toSql), search);
  return { total, organisations: visible === 'all' ? rows : rows.filter(({ id }) => visible.includes(id)) };
}

function toSql(condition: OrganisationCondition): Expression<SqlBool> {
  switch (condition.kind) {
    case 'text':
      return matchesText(condition.column, condition.method, condition.text);
    case 'state':
      return sql`state = ${condition.state ?? ''}`;
    case 'id':
      return sql`id = ${condition.id}`;
  }
}
