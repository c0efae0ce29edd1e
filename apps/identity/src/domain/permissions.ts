import { ROLE_PERMISSIONS } from './role-permissions.ts';

/** One administrator role of a caller and where it holds. */
export interface Membership {
  readonly scope: 'instance' | 'organisation' | 'project';
  readonly scopeId: string;
  /** The organisation (or instance) that owns what the role is about. */
  readonly resourceOwner: string;
  readonly roles: readonly string[];
}

/** Why somebody may not: they are nobody here, or they are somebody without this right. ZITADEL tells the two apart. */
export type PermissionAnswer = 'allowed' | 'no-membership' | 'no-permission';

/** Memberships that count in an organisation: its own, its projects', and the instance's (zitadel.md 1.3). */
export function membershipsIn(memberships: readonly Membership[], organisationId: string): readonly Membership[] {
  return memberships.filter(
    (membership) => membership.scope === 'instance' || membership.resourceOwner === organisationId,
  );
}

/** Whether the caller may do this in the organisation; an empty organisation asks for the instance. */
export function mayDo(
  memberships: readonly Membership[],
  permission: string,
  organisationId: string,
): PermissionAnswer {
  const here = membershipsIn(memberships, organisationId);
  if (here.length === 0) return 'no-membership';
  const allowed = here.some(
    (membership) => membership.scope !== 'project' && membership.roles.some((role) => grants(role, permission)),
  );
  return allowed ? 'allowed' : 'no-permission';
}

/** Organisations in which the caller may do this, or `all`. For lists, which show what one may see. */
export function organisationsWhere(memberships: readonly Membership[], permission: string): 'all' | readonly string[] {
  const granting = memberships.filter((membership) => membership.roles.some((role) => grants(role, permission)));
  if (granting.some((membership) => membership.scope === 'instance')) return 'all';
  return granting
    .filter((membership) => membership.scope === 'organisation')
    .map((membership) => membership.resourceOwner);
}

/** What the caller may do in the organisation, in the words of ZITADEL's own list; project rights carry the project. */
export function permissionsIn(memberships: readonly Membership[], organisationId: string): readonly string[] {
  const all = new Set<string>();
  for (const membership of membershipsIn(memberships, organisationId)) {
    for (const role of membership.roles) {
      for (const permission of ROLE_PERMISSIONS.get(role) ?? []) {
        all.add(membership.scope === 'project' ? `${permission}:${membership.scopeId}` : permission);
      }
    }
  }
  return [...all];
}

export function grants(role: string, permission: string): boolean {
  return ROLE_PERMISSIONS.get(role)?.has(permission) ?? false;
}

/** Whether such a role may be given on this level: names tell (zitadel.md 4). */
export function isRoleOf(scope: Membership['scope'], role: string): boolean {
  if (!ROLE_PERMISSIONS.has(role)) return false;
  switch (scope) {
    case 'instance':
      return role.startsWith('IAM_');
    case 'organisation':
      return role.startsWith('ORG_') || role === 'SELF_MANAGEMENT_GLOBAL';
    case 'project':
      return role.startsWith('PROJECT_');
  }
}
