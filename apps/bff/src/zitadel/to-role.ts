import type { AdminRole } from '@latchkey/contract/user';
import type { Administrator } from '@zitadel/proto/zitadel/internal_permission/v2beta/query_pb.js';
import type { Membership } from '@zitadel/proto/zitadel/user_pb.js';

/** An admin role and the organisation it lies in: that of the project, for roles in projects; null on the instance. */
export type HeldRole = AdminRole & { readonly organisationId: string | null };

/** @returns one entry for each role of a membership. A kind of membership that is not known counts as the instance's. */
export function toRoles({ roles, details, type }: Membership): HeldRole[] {
  const place = toPlace(type, details?.resourceOwner ?? null);
  return roles.map((role) => ({ role, ...place }));
}

/** The same of what the list of administrators says of somebody. */
export function toAdministratorRoles({ roles, resource }: Administrator): HeldRole[] {
  const place = toResourcePlace(resource);
  return roles.map((role) => ({ role, ...place }));
}

function toPlace(type: Membership['type'], owner: string | null): Omit<HeldRole, 'role'> {
  switch (type.case) {
    case 'orgId':
      return { scope: 'organisation', scopeId: type.value, organisationId: type.value };
    case 'projectId':
      return { scope: 'project', scopeId: type.value, organisationId: owner };
    case 'projectGrantId':
      return { scope: 'projectGrant', scopeId: type.value, organisationId: owner };
    case 'iam':
    case undefined:
      return { scope: 'instance', scopeId: null, organisationId: null };
  }
}

function toResourcePlace(resource: Administrator['resource']): Omit<HeldRole, 'role'> {
  switch (resource.case) {
    case 'organization':
      return { scope: 'organisation', scopeId: resource.value.id, organisationId: resource.value.id };
    case 'project':
      return { scope: 'project', scopeId: resource.value.id, organisationId: resource.value.organizationId };
    case 'projectGrant':
      return { scope: 'projectGrant', scopeId: resource.value.id, organisationId: resource.value.organizationId };
    case 'instance':
    case undefined:
      return { scope: 'instance', scopeId: null, organisationId: null };
  }
}
