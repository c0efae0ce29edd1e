import type { Allowance } from '@latchkey/contract/allowance';
import { Problem } from '../http/problem.ts';
import type { Zitadel } from '../zitadel/client.ts';
import { needFor, type Permission } from '../zitadel/permission.ts';
import { readOwnPermissions, readOwnRoles, readRoles } from '../zitadel/read/read-roles.ts';
import { toProblem } from '../zitadel/to-problem.ts';
import type { HeldRole } from '../zitadel/to-role.ts';
import type { UserPlace } from '../zitadel/to-user.ts';
import type { Actor } from './actor.ts';
import { coversAll } from './covers-role.ts';

/** How the signed-in person stands to a user: all that decides what they may do to them. */
export interface Standing {
  readonly isSelf: boolean;
  /** The user's admin roles; null when they cannot be read. */
  readonly roles: readonly HeldRole[] | null;
  /** Whether the signed-in person's roles cover all of the user's. */
  readonly covered: boolean;
  /** The signed-in person's permissions in the user's organisation. */
  readonly permissions: ReadonlySet<string>;
  readonly organisationId: string;
}

/** @throws Problem */
export async function readStanding(zitadel: Zitadel, actor: Actor, user: UserPlace): Promise<Standing> {
  const { organisationId } = user;
  const [roles, ownRoles, permissions] = await Promise.all([
    readRoles(zitadel, actor.caller, user),
    readOwnRoles(zitadel, actor.caller),
    readOwnPermissions(zitadel, actor.caller, organisationId),
  ]).catch((error: unknown) => {
    throw toProblem(error);
  });
  const isSelf = actor.userId === user.userId;
  // One's own roles one may always know.
  return { isSelf, roles: isSelf ? ownRoles : roles, covered: coversAll(ownRoles, roles), permissions, organisationId };
}

/** What the page is told: whether the act would be taken, and what stands against it. */
export function allowanceFor(standing: Standing, permission: Permission): Allowance {
  if (standing.isSelf) return { allowed: false, because: 'self' };
  if (!standing.permissions.has(permission)) {
    const { role } = needFor(permission);
    return { allowed: false, because: 'permission', permission, role };
  }
  return standing.covered ? { allowed: true } : { allowed: false, because: 'rank' };
}

/**
 * Refuses what Latchkey refuses by itself: acts on oneself, and on people whose roles are not covered (product.md,
 * rule 3). A missing permission alone is left to ZITADEL to refuse.
 *
 * @throws Problem `self_refused`, `rank_refused`; `not_permitted` where rank and permission are both missing, because
 * that is what can be asked for.
 */
export function refuseAgainst(standing: Standing, permission: Permission): void {
  if (standing.isSelf) throw new Problem('self_refused');
  if (standing.covered) return;
  if (standing.permissions.has(permission)) throw new Problem('rank_refused');
  throw new Problem('not_permitted', needFor(permission, standing.organisationId));
}
