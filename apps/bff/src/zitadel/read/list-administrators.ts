import { UserState } from '@zitadel/proto/zitadel/user/v2/user_pb.js';
import { Type } from '@zitadel/proto/zitadel/user_pb.js';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { isRefusal } from '../to-problem.ts';
import type { HeldRole } from '../to-role.ts';

/** More members than this, and a list counts as not readable rather than as complete. */
const limit = 1_000;

/**
 * The people, not machines, who are administrators of the instance or of an organisation, with those of their roles.
 *
 * @returns by user id; null when the caller may not see the instance's, or not all of them. An organisation's that the
 * caller may not see count as none.
 * @throws ConnectError, UpstreamFault
 */
export async function listAdministrators(
  zitadel: Zitadel,
  caller: AsCaller,
  organisationId: string,
): Promise<ReadonlyMap<string, readonly HeldRole[]> | null> {
  const query = { limit };
  const none = (error: unknown) => {
    if (isRefusal(error)) return null;
    throw error;
  };
  const [instance, organisation] = await Promise.all([
    zitadel.admin.listIAMMembers({ query }, caller).catch(none),
    zitadel.management.listOrgMembers({ query }, caller.in(organisationId)).catch(none),
  ]);
  if (!instance || Number(instance.details?.totalResult ?? 0n) > instance.result.length) return null;
  const held = new Map<string, HeldRole[]>();
  const add = (members: typeof instance.result, place: Omit<HeldRole, 'role'>) => {
    for (const { userId, roles, userType } of members) {
      if (userType !== Type.HUMAN) continue;
      held.set(userId, [...(held.get(userId) ?? []), ...roles.map((role) => ({ role, ...place }))]);
    }
  };
  add(instance.result, { scope: 'instance', scopeId: null, organisationId: null });
  add(organisation?.result ?? [], { scope: 'organisation', scopeId: organisationId, organisationId });
  return held;
}

/**
 * Those of some users who can sign in.
 *
 * @param userIds at most a thousand, which ZITADEL takes in one call.
 * @throws ConnectError, UpstreamFault
 */
export async function listActive(zitadel: Zitadel, caller: AsCaller, userIds: readonly string[]): Promise<string[]> {
  if (userIds.length === 0) return [];
  const { result } = await zitadel.users.listUsers(
    {
      query: { limit: userIds.length },
      queries: [
        { query: { case: 'inUserIdsQuery', value: { userIds: [...userIds] } } },
        { query: { case: 'stateQuery', value: { state: UserState.ACTIVE } } },
      ],
    },
    caller,
  );
  return result.map(({ userId }) => userId);
}
