import type { Factor } from '@latchkey/contract/factor';
import type { UserSession } from '@latchkey/contract/user-session';
import type { Actor } from '../../guard/actor.ts';
import { readStanding, type Standing } from '../../guard/standing.ts';
import type { Zitadel } from '../../zitadel/client.ts';
import { needFor } from '../../zitadel/permission.ts';
import { listFactors } from '../../zitadel/read/list-factors.ts';
import { listSessions } from '../../zitadel/read/list-sessions.ts';
import { readUser } from '../../zitadel/read/read-user.ts';
import { toProblem } from '../../zitadel/to-problem.ts';
import type { UserRecord } from '../../zitadel/to-user.ts';

/** Whom a case would be about, as they are now, and how the agent stands to them. */
export interface PersonFacts {
  readonly user: UserRecord;
  readonly standing: Standing;
  readonly factors: readonly Factor[];
  /** null when the agent may not see them. */
  readonly sessions: readonly UserSession[] | null;
}

/** @throws Problem */
export async function readFacts(zitadel: Zitadel, actor: Actor, userId: string): Promise<PersonFacts> {
  const user = await readUser(zitadel, actor.caller, userId);
  try {
    const [standing, factors, sessions] = await Promise.all([
      readStanding(zitadel, actor, user),
      user.kind === 'machine' ? [] : listFactors(zitadel, actor.caller, user),
      listSessions(zitadel, actor.caller, userId),
    ]);
    // To somebody who may not read sessions the list is empty without an error: that is not the same as none.
    const areVisible = standing.isSelf || standing.permissions.has('session.read');
    return { user, standing, factors, sessions: areVisible ? sessions : null };
  } catch (error) {
    throw toProblem(error, needFor('user.read', user.organisationId));
  }
}

/** Where mail about a case goes: ZITADEL knows one email of each person. */
export function verifiedAddressOf({ emailAddress }: Pick<UserRecord, 'emailAddress'>): string | null {
  return emailAddress?.verified ? emailAddress.address : null;
}
