import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { toUserRecord } from '../to-user.ts';

/**
 * The display names of users, as far as the caller may see them, in one call.
 *
 * @param userIds at most as many as one page of anything mentions; ZITADEL takes a thousand.
 * @returns by id; who is not in it is unknown or not the caller's to see.
 * @throws ConnectError, UpstreamFault
 */
export async function readNames(
  zitadel: Zitadel,
  caller: AsCaller,
  userIds: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(userIds)].filter((id) => id !== '').slice(0, 1_000);
  if (wanted.length === 0) return new Map();
  const { result } = await zitadel.users.listUsers(
    {
      query: { limit: wanted.length },
      queries: [{ query: { case: 'inUserIdsQuery', value: { userIds: wanted } } }],
    },
    caller,
  );
  return new Map(
    result
      .map(toUserRecord)
      .filter((record) => record !== undefined)
      .map(({ userId, displayName }) => [userId, displayName]),
  );
}
