import type { HeldRole } from '../zitadel/to-role.ts';

/**
 * Whether somebody with `mine` may act on somebody with `theirs` (product.md, rule 3). ZITADEL has no such rule: there
 * a user manager may strip an instance owner (zitadel-oidc.md 9), so the order of roles is kept here.
 *
 * @param mine the actor's admin roles.
 * @param theirs the admin roles of the person acted on; null when they could not be read, which refuses.
 */
export function coversAll(mine: readonly HeldRole[], theirs: readonly HeldRole[] | null): boolean {
  return theirs?.every((role) => mine.some((own) => coversRole(own, role))) ?? false;
}

/** Whether one role is at least as much as another. */
export function coversRole(mine: HeldRole, theirs: HeldRole): boolean {
  if (mine.scope === 'instance' && mine.role === 'IAM_OWNER') return true;
  if (mine.scope === 'instance' && mine.role === 'IAM_ORG_MANAGER' && isBelowInstance(theirs)) return true;
  if (mine.scope === 'organisation' && mine.role === 'ORG_OWNER' && isBelowInstance(theirs)) {
    return theirs.organisationId !== null && theirs.organisationId === mine.organisationId;
  }
  return mine.role === theirs.role && mine.scope === theirs.scope && mine.scopeId === theirs.scopeId;
}

/** Both the name and the place have to say so: a custom role is named by its scope's prefix. */
function isBelowInstance({ role, scope }: HeldRole): boolean {
  return scope !== 'instance' && /^(ORG|PROJECT)_/.test(role);
}
