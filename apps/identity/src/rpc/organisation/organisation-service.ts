import { create } from '@bufbuild/protobuf';
import { type Organization, OrganizationSchema, OrganizationState } from '@zitadel/proto/zitadel/org/v2/org_pb.js';
import { OrganizationService } from '@zitadel/proto/zitadel/org/v2/org_service_pb.js';
import { OrganizationFieldName } from '@zitadel/proto/zitadel/org/v2/query_pb.js';
import { addOrganisation } from '../../commands/organisations/add-organisation.ts';
import type { Store } from '../../store/open-store.ts';
import { searchOrganisations } from '../../store/organisation-search.ts';
import type { OrganisationTable } from '../../store/tables.ts';
import { callerOf, commandContext } from '../access/api-caller.ts';
import { readableOrganisations } from '../access/read-permission.ts';
import { changedV2, listV2, rowDetailsV2 } from '../convert/details.ts';
import { toOrganisationCondition } from '../convert/organisation-query.ts';
import { toPaging } from '../convert/paging.ts';
import { part } from '../service.ts';

/** Organisations, v2. */
export function organisationService(store: Store) {
  return part(OrganizationService, {
    async addOrganization({ name }, context) {
      const { organisationId, details } = await addOrganisation(commandContext(store, context), { name });
      return { organizationId: organisationId, details: changedV2(details) };
    },

    // The count is of all that match, also those that the caller may not see: so it is in ZITADEL (zitadel.md 1.2).
    async listOrganizations(request, context) {
      const caller = callerOf(context);
      const { total, organisations } = await searchOrganisations(store.db, {
        conditions: await Promise.all(request.queries.map((query) => toOrganisationCondition(store.db, query))),
        visible: await readableOrganisations(store.db, caller, 'org.read'),
        order: request.sortingColumn === OrganizationFieldName.NAME ? 'name' : 'id',
        ...toPaging(request.query),
      });
      return {
        details: listV2(total),
        result: organisations.map(toOrganization),
      };
    },
  });
}

function toOrganization(row: OrganisationTable): Organization {
  return create(OrganizationSchema, {
    id: row.id,
    details: rowDetailsV2(row, row.id),
    state: row.state === 'active' ? OrganizationState.ACTIVE : OrganizationState.INACTIVE,
    name: row.name,
    primaryDomain: row.primary_domain,
  });
}
