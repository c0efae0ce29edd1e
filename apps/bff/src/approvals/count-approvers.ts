import type { Actor } from '../guard/actor.ts';
import { coversAll } from '../guard/covers-role.ts';
import type { Zitadel } from '../zitadel/client.ts';
import { listActive, listAdministrators } from '../zitadel/read/list-administrators.ts';
import { readRoles } from '../zitadel/read/read-roles.ts';
import { toProblem } from '../zitadel/to-problem.ts';
import type { UserPlace } from '../zitadel/to-user.ts';
import { managesUsers } from './manages-users.ts';

/**
 * How many others could approve what the actor asks for about somebody: active people, neither of the two, who manage
 * the person's users and whose roles cover theirs.
 *
 * @param startedById who started the case: they cannot, either.
 * @returns null when the actor may not see who administers the instance, or what roles the person has.
 * @throws Problem
 */
export async function countApprovers(
  zitadel: Zitadel,
  actor: Actor,
  user: UserPlace,
  startedById?: string,
): Promise<number | null> {
  try {
    const [administrators, theirs] = await Promise.all([
      listAdministrators(zitadel, actor.caller, user.organisationId),
      readRoles(zitadel, actor.caller, user),
    ]);
    if (!administrators || !theirs) return null;
    const entitled = [...administrators].filter(([userId, roles]) => {
      const isOther = ![actor.userId, user.userId, startedById].includes(userId);
      return isOther && managesUsers(roles, user.organisationId) && coversAll(roles, theirs);
    });
    const entitledIds = entitled.map(([userId]) => userId);
    return (await listActive(zitadel, actor.caller, entitledIds)).length;
  } catch (error) {
    throw toProblem(error);
  }
}
