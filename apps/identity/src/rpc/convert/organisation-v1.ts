import { OrgState } from '@zitadel/proto/zitadel/org_pb.js';
import type { OrganisationTable } from '../../store/tables.ts';
import { rowDetailsV1 } from './details.ts';

/** A stored organisation in v1's words. */
export function toOrganisationV1(row: OrganisationTable) {
  return {
    id: row.id,
    details: rowDetailsV1(row, row.id),
    state: row.state === 'active' ? OrgState.ACTIVE : OrgState.INACTIVE,
    name: row.name,
    primaryDomain: row.primary_domain,
  };
}
