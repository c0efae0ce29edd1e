import type { Approval } from '@latchkey/contract/approval';
import type { Actor } from '../guard/actor.ts';
import { allowanceFor, readStanding, type Standing } from '../guard/standing.ts';
import { Problem } from '../http/problem.ts';
import type { Store } from '../store/open-store.ts';
import type { Zitadel } from '../zitadel/client.ts';
import { needFor } from '../zitadel/permission.ts';
import { readOwnPermissions, readOwnRoles } from '../zitadel/read/read-roles.ts';
import { readUser } from '../zitadel/read/read-user.ts';
import { toProblem } from '../zitadel/to-problem.ts';
import type { HeldRole } from '../zitadel/to-role.ts';
import type { CurrentApproval } from './approval-store.ts';
import { managesUsers } from './manages-users.ts';

/** Whether somebody may decide, whatever state the request is in. */
export type Entitlement = Approval['decide'];

export interface JudgeOptions {
  readonly zitadel: Zitadel;
  readonly store: Store;
}

/**
 * Who may decide what (product.md, rules 3 and 4): never who asked, who started or runs the case, or whom it is about. For a reset
 * who manages users there and whose roles cover the person's; for the login policy who may write it; for a limit who
 * manages users on the instance and covers whoever asked.
 *
 * @returns the judge of one request, which reads each person once however many approvals name them.
 */
export function createJudge({ zitadel, store }: JudgeOptions, actor: Actor) {
  const standings = new Map<string, Promise<Standing | undefined>>();
  const standingTo = (userId: string): Promise<Standing | undefined> => {
    const known = standings.get(userId) ?? readVisibleStanding(zitadel, actor, userId);
    standings.set(userId, known);
    return known;
  };
  let roles: Promise<HeldRole[]> | undefined;
  const ownRoles = () => (roles ??= readOwnRoles(zitadel, actor.caller));
  let permissions: Promise<ReadonlySet<string>> | undefined;
  const ownPermissions = () => (permissions ??= readOwnPermissions(zitadel, actor.caller));

  /** @throws Problem when ZITADEL cannot be asked. */
  return async function judge(approval: CurrentApproval): Promise<Entitlement> {
    const { requested_by_id: requesterId, user_id: userId, organisation_id: organisationId } = approval;
    if (requesterId === actor.userId) return { allowed: false, because: 'own' };
    if (userId === actor.userId) return { allowed: false, because: 'subject' };
    try {
      switch (approval.kind) {
        case 'reset': {
          if ((await findAgents(store, approval.subject_id)).includes(actor.userId)) {
            return { allowed: false, because: 'own' };
          }
          // Most of a large instance's cases are out of most people's reach: that is known without asking for each.
          const inReach = (await ownRoles()).some((held) => isInReach(held, organisationId));
          return judgeReset(inReach ? await standingTo(userId ?? '') : undefined);
        }
        case 'policy':
          return (await ownPermissions()).has('iam.policy.write') ? { allowed: true } : missing('iam.policy.write');
        case 'limit': {
          // An organisation's manager must not lift a limit that holds everywhere.
          const everywhere = managesUsers(await ownRoles(), null);
          return judgeLimit(everywhere ? await standingTo(requesterId) : undefined);
        }
      }
    } catch (error) {
      throw toProblem(error);
    }
  };
}

function isInReach({ scope, organisationId }: HeldRole, where: string | null): boolean {
  return scope === 'instance' || organisationId === where;
}

function judgeReset(standing: Standing | undefined): Entitlement {
  if (!standing) return missing('user.read');
  const allowance = allowanceFor(standing, 'user.write');
  if (allowance.allowed) return allowance;
  return allowance.because === 'permission' ? missing('user.write') : { allowed: false, because: 'rank' };
}

function judgeLimit(standing: Standing | undefined): Entitlement {
  if (!standing) return { ...missing('user.write'), role: 'IAM_OWNER' };
  return standing.covered ? { allowed: true } : { allowed: false, because: 'rank' };
}

function missing(needed: Parameters<typeof needFor>[0]) {
  const { permission, role } = needFor(needed);
  return { allowed: false, because: 'permission', permission, role } as const;
}

/** @returns undefined for people the actor may not read. */
async function readVisibleStanding(zitadel: Zitadel, actor: Actor, userId: string): Promise<Standing | undefined> {
  try {
    return await readStanding(zitadel, actor, await readUser(zitadel, actor.caller, userId));
  } catch (error) {
    if (error instanceof Problem && (error.code === 'not_found' || error.code === 'not_permitted')) return undefined;
    throw error;
  }
}

/** Who started a case and who runs it now: after a take-over not only who asked. */
async function findAgents(store: Store, resetId: string): Promise<string[]> {
  const row = await store
    .selectFrom('resets')
    .select(['agent_id', 'started_by_id'])
    .where('reset_id', '=', resetId)
    .executeTakeFirst();
  return row ? [row.agent_id, row.started_by_id] : [];
}
