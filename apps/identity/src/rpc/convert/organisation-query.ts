import { OrganizationState } from '@zitadel/proto/zitadel/org/v2/org_pb.js';
import type { SearchQuery } from '@zitadel/proto/zitadel/org/v2/query_pb.js';
import type { OrgQuery } from '@zitadel/proto/zitadel/org_pb.js';
import { invalidArgument } from '../../domain/errors.ts';
import { loadInstance } from '../../store/load.ts';
import type { OrganisationCondition } from '../../store/organisation-search.ts';
import type { Database } from '../../store/tables.ts';
import { toTextMethod } from './text-method.ts';

/** v1 has a part of v2's queries. @throws DomainError ORG-vR9nC for one that says nothing. */
export async function toOrganisationCondition(
  db: Database,
  { query }: SearchQuery | OrgQuery,
): Promise<OrganisationCondition> {
  switch (query.case) {
    case 'nameQuery':
      return { kind: 'text', column: 'name', method: toTextMethod(query.value.method), text: query.value.name };
    case 'domainQuery':
      return {
        kind: 'text',
        column: 'primary_domain',
        method: toTextMethod(query.value.method),
        text: query.value.domain,
      };
    case 'stateQuery':
      return { kind: 'state', state: stateOf(query.value.state) };
    case 'idQuery':
      return { kind: 'id', id: query.value.id };
    case 'defaultQuery':
      return { kind: 'id', id: (await loadInstance(db)).default_organisation_id };
    case undefined:
      throw invalidArgument('ORG-vR9nC', 'List.Query.Invalid');
  }
}

/** The same numbers in v1 and v2. */
function stateOf(state: number): 'active' | 'inactive' | undefined {
  if (state === OrganizationState.ACTIVE) return 'active';
  return state === OrganizationState.INACTIVE ? 'inactive' : undefined;
}
