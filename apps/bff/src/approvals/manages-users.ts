import type { HeldRole } from '../zitadel/to-role.ts';

/**
 * ZITADEL's own roles that have `user.write` (its `cmd/defaults.yaml`, `InternalAuthZ.RolePermissionMappings`), without
 * IAM_LOGIN_CLIENT, which is no person's. What other people's roles allow no API tells.
 */
const managing: ReadonlySet<string> = new Set([
  'IAM_OWNER',
  'IAM_ORG_MANAGER',
  'IAM_USER_MANAGER',
  'ORG_OWNER',
  'ORG_USER_MANAGER',
]);

/** @param organisationId where; null for everywhere, which only roles on the instance allow. */
export function managesUsers(roles: readonly HeldRole[], organisationId: string | null): boolean {
  return roles.some(
    (held) =>
      managing.has(held.role) &&
      (held.scope === 'instance' || (held.scope === 'organisation' && held.scopeId === organisationId)),
  );
}
