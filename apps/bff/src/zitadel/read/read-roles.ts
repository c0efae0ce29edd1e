import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { isMissingRoute, isRefusal } from '../to-problem.ts';
import { type HeldRole, toAdministratorRoles, toRoles } from '../to-role.ts';
import type { UserPlace } from '../to-user.ts';

/** More memberships than this, and a list counts as not readable rather than as complete. */
const limit = 1_000;

/**
 * A user's admin roles, in all organisations as far as the caller may see them. ZITADEL's list of memberships has those
 * of the instance and of one organisation, to instance owners too; its list of administrators those that the caller may
 * see anywhere, and the number of all. It is younger: where ZITADEL lacks it or refuses it, the memberships are all there
 * is to know.
 *
 * @returns null when the caller may not read them, or there are more than they may see.
 * @throws ConnectError, UpstreamFault
 */
export async function readRoles(zitadel: Zitadel, caller: AsCaller, user: UserPlace): Promise<HeldRole[] | null> {
  const [there, anywhere] = await Promise.all([
    readRolesInOrganisation(zitadel, caller, user),
    readAdministratorRoles(zitadel, caller, user.userId),
  ]);
  if (!there || !anywhere) return there;
  const known = new Set(there.map(keyOf));
  const all = [...there, ...anywhere.visible.filter((role) => !known.has(keyOf(role)))];
  return anywhere.places > new Set(all.map(placeOf)).size ? null : all;
}

const placeOf = ({ scope, scopeId }: HeldRole): string => `${scope} ${scopeId}`;
const keyOf = (role: HeldRole): string => `${placeOf(role)} ${role.role}`;

/**
 * A user's admin roles on the instance and in their own organisation: what a count can do with. No guard may, because
 * somebody may be an admin elsewhere.
 *
 * @returns null when the caller may not read them, or not all of them.
 * @throws ConnectError, UpstreamFault
 */
export async function readRolesInOrganisation(
  zitadel: Zitadel,
  caller: AsCaller,
  user: UserPlace,
): Promise<HeldRole[] | null> {
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

/** @returns the roles the caller may see, and in how many places the user has any; null where ZITADEL does not say. */
async function readAdministratorRoles(
  zitadel: Zitadel,
  caller: AsCaller,
  userId: string,
): Promise<{ readonly visible: HeldRole[]; readonly places: number } | null> {
  try {
    const { pagination, administrators } = await zitadel.administrators.listAdministrators(
      { pagination: { limit }, filters: [{ filter: { case: 'inUserIdsFilter', value: { ids: [userId] } } }] },
      caller,
    );
    return { visible: administrators.flatMap(toAdministratorRoles), places: Number(pagination?.totalResult ?? 0n) };
  } catch (error) {
    if (isMissingRoute(error) || isRefusal(error)) return null;
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
