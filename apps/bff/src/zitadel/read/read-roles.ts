import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { isRefusal } from '../to-problem.ts';
import { type HeldRole, toRoles } from '../to-role.ts';
import type { UserPlace } from '../to-user.ts';

/** More memberships than this, and a list counts as not readable rather than as complete. */
const limit = 1_000;

/**
 * A user's admin roles, as their organisation's managers see them.
 *
 * @returns null when the caller may not read them, or not all of them.
 * @throws ConnectError, UpstreamFault
 */
export async function readRoles(zitadel: Zitadel, caller: AsCaller, user: UserPlace): Promise<HeldRole[] | null> {
  try {
    const { details, result } = await zitadel.management.listUserMemberships(
      { userId: user.userId, query: { limit } },
      caller.in(user.organisationId),
    );
    return Number(details?.totalResult ?? 0n) > result.length ? null : result.flatMap(toRoles);
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

/** The caller's own admin roles, everywhere. */
export async function readOwnRoles(zitadel: Zitadel, caller: AsCaller): Promise<HeldRole[]> {
  const { result } = await zitadel.auth.listMyMemberships({ query: { limit } }, caller);
  return result.flatMap(toRoles);
}

/**
 * The caller's own permissions.
 *
 * @param organisationId where; the caller's own organisation if not given. The instance's permissions hold everywhere.
 */
export async function readOwnPermissions(
  zitadel: Zitadel,
  caller: AsCaller,
  organisationId?: string,
): Promise<ReadonlySet<string>> {
  const { result } = await zitadel.auth.listMyZitadelPermissions(
    {},
    organisationId === undefined ? caller : caller.in(organisationId),
  );
  return new Set(result);
}
