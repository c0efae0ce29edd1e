import type { OrganisationList, OrganisationSearch, User, UserPage, UserSearch } from '@latchkey/contract/user';
import type { AuditLog } from '../audit/audit-log.ts';
import { didActHappen } from '../changes/did-act-happen.ts';
import type { Actor } from '../guard/actor.ts';
import { allowanceFor, readStanding } from '../guard/standing.ts';
import { findOpenDispute } from '../notices/open-dispute.ts';
import { findOpenCase } from '../reset/case/case-store.ts';
import type { Store } from '../store/open-store.ts';
import type { Zitadel } from '../zitadel/client.ts';
import { needFor } from '../zitadel/permission.ts';
import { readOrganisations, searchOrganisations } from '../zitadel/read/organisations.ts';
import { readUser } from '../zitadel/read/read-user.ts';
import { searchUsers } from '../zitadel/read/search-users.ts';
import { toProblem } from '../zitadel/to-problem.ts';
import type { HeldRole } from '../zitadel/to-role.ts';
import { toUserSummary } from '../zitadel/to-user.ts';

export interface UserServiceOptions {
  readonly zitadel: Zitadel;
  readonly audit: AuditLog;
  readonly store: Store;
}

/** The people the actor may see, as many as a page holds. Somebody who may see nobody gets an empty page. */
export async function listUsers({ zitadel }: UserServiceOptions, actor: Actor, search: UserSearch): Promise<UserPage> {
  try {
    const { records, total } = await searchUsers(zitadel, actor.caller, search);
    const organisationOf = await readOrganisations(
      zitadel,
      actor.caller,
      records.map((record) => record.organisationId),
    );
    const users = records.map((record) => toUserSummary(record, organisationOf(record.organisationId)));
    return { users, total, offset: search.offset, limit: search.limit };
  } catch (error) {
    throw toProblem(error, needFor('user.read'));
  }
}

/** The organisations the actor may see. @throws Problem */
export async function listOrganisations(
  { zitadel }: UserServiceOptions,
  actor: Actor,
  { search }: OrganisationSearch,
): Promise<OrganisationList> {
  try {
    return { organisations: await searchOrganisations(zitadel, actor.caller, search) };
  } catch (error) {
    throw toProblem(error);
  }
}

/**
 * One person, with their admin roles and what the actor may do to them.
 *
 * @throws Problem
 */
export async function getUser(
  { zitadel, audit, store }: UserServiceOptions,
  actor: Actor,
  userId: string,
): Promise<User> {
  const { organisationId, ...record } = await readUser(zitadel, actor.caller, userId);
  try {
    const [standing, organisationOf, open, dispute] = await Promise.all([
      readStanding(zitadel, actor, { userId, organisationId }),
      readOrganisations(zitadel, actor.caller, [organisationId]),
      findOpenCase(store, userId),
      findOpenDispute(store, userId),
    ]);
    await audit.resolve(actor, { userId }, (act) => didActHappen(zitadel, actor.caller, act));
    return {
      ...record,
      organisation: organisationOf(organisationId),
      roles: standing.roles?.map(toAdminRole) ?? null,
      actions: {
        removeFactor: allowanceFor(standing, 'user.write'),
        removeRecoveryCodes: allowanceFor(standing, 'user.credential.write'),
        endSession: allowanceFor(standing, 'session.delete'),
        lock: allowanceFor(standing, 'user.write'),
        // A machine has no factors to reset.
        ...(record.kind === 'human' && { startReset: allowanceFor(standing, 'user.write') }),
      },
      dispute,
      openReset: open ? { resetId: open.reset_id, agentName: open.agent_name } : null,
    };
  } catch (error) {
    throw toProblem(error);
  }
}

function toAdminRole({ role, scope, scopeId }: HeldRole) {
  return { role, scope, scopeId };
}
