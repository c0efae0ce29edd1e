import { sql } from 'kysely';
import { alreadyExists, failedPrecondition, invalidArgument, notFound } from '../../domain/errors.ts';
import type { ChangeDetails, NewEvent } from '../../domain/events.ts';
import { isRoleOf } from '../../domain/permissions.ts';
import { loadInstance, loadUser } from '../../store/load.ts';
import type { Database, MemberTable } from '../../store/tables.ts';
import { append, type CommandContext } from '../context.ts';
import { requirePermission } from '../permission.ts';
import { loadProject } from '../projects/projects.ts';

/** Where an administrator's role holds: on the instance, in one organisation, or in one project. */
export type MemberScope =
  | { readonly level: 'instance' }
  | { readonly level: 'organisation'; readonly id: string }
  /** `resourceOwner`: organisation of which the project must be, v1; default: whichever it is. */
  | { readonly level: 'project'; readonly id: string; readonly resourceOwner?: string };

export interface MemberInput {
  readonly scope: MemberScope;
  readonly userId: string;
  readonly roles: readonly string[];
}

/** What differs between the levels: ids as ZITADEL gives them. */
const LEVEL = {
  instance: {
    write: 'iam.member.write',
    delete: 'iam.member.delete',
    unknownUser: 'INSTA-GSXOn',
    present: () => alreadyExists('INSTA-pFDwe', 'Errors.Instance.Member.AlreadyExists'),
    missing: () => notFound('INSTANCE-D8JxR', 'Errors.NotFound'),
    noRoles: { add: 'INSTANCE-4m0fS', change: 'INSTANCE-LiaZi' },
    badRoles: { add: 'INSTANCE-4m0fS', change: 'INSTANCE-3m9fs' },
    badRolesText: 'Errors.Instance.MemberInvalid',
    added: 'instance.member.added',
    changed: 'instance.member.changed',
    removed: 'instance.member.removed',
  },
  organisation: {
    write: 'org.member.write',
    delete: 'org.member.delete',
    unknownUser: 'ORG-GoXOn',
    present: () => alreadyExists('ORG-poWwe', 'Errors.Org.Member.AlreadyExists'),
    missing: () => notFound('Org-D8JxR', 'Errors.NotFound'),
    noRoles: { add: 'V2-PfYhb', change: 'Org-LiaZi' },
    badRoles: { add: 'Org-4N8es', change: 'IAM-m9fG8' },
    badRolesText: 'Errors.Org.MemberInvalid',
    added: 'org.member.added',
    changed: 'org.member.changed',
    removed: 'org.member.removed',
  },
  project: {
    write: 'project.member.write',
    delete: 'project.member.delete',
    unknownUser: 'COMMAND-uXHNj',
    present: () => alreadyExists('PROJECT-PtXi1', 'Errors.Project.Member.AlreadyExists'),
    missing: () => notFound('PROJECT-D8JxR', 'Errors.NotFound'),
    noRoles: { add: 'PROJECT-W8m4l', change: 'PROJECT-LiaZi' },
    badRoles: { add: 'PROJECT-3m9ds', change: 'PROJECT-3m9d' },
    badRolesText: 'Errors.Project.Member.Invalid',
    added: 'project.member.added',
    changed: 'project.member.changed',
    removed: 'project.member.removed',
  },
} as const;

/** Makes somebody an administrator. @throws DomainError for an unknown role or user, and for one who is already. */
export function addMember(context: CommandContext, input: MemberInput): Promise<ChangeDetails> {
  return context.store.change(async (db) => addMemberWithin(context, db, input));
}

/** The inner part, for the set-up. */
export async function addMemberWithin(
  context: CommandContext,
  db: Database,
  { scope, userId, roles }: MemberInput,
): Promise<ChangeDetails> {
  const level = LEVEL[scope.level];
  const about = await aggregateOf(db, scope);
  await requirePermission(context, db, level.write, about.organisationId);
  requireRoles(scope, roles, 'add');
  if (!(await loadUser(db, userId))) throw failedPrecondition(level.unknownUser, 'Errors.User.NotFound');
  if (await loadMember(db, about.scopeId, userId)) throw level.present();
  return append(context, db, about.event(level.added, { userId, roles: [...roles] }));
}

/**
 * Replaces an administrator's roles. The same again is no error and no event.
 *
 * @throws DomainError INSTANCE-D8JxR, Org-D8JxR, PROJECT-D8JxR when there is no such one; for an unknown role.
 */
export function changeMember(context: CommandContext, { scope, userId, roles }: MemberInput): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const level = LEVEL[scope.level];
    const about = await aggregateOf(db, scope);
    requireRoles(scope, roles, 'change');
    const member = await loadMember(db, about.scopeId, userId);
    if (!member) throw level.missing();
    await requirePermission(context, db, level.write, about.organisationId);
    if (member.roles === JSON.stringify(roles)) return lastMemberDetails(db, about, userId);
    return append(context, db, about.event(level.changed, { userId, roles: [...roles] }));
  });
}

/** Takes an administrator's roles away. One who has none is no error and no event. */
export function removeMember(
  context: CommandContext,
  { scope, userId }: Omit<MemberInput, 'roles'>,
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const about = await aggregateOf(db, scope);
    await requirePermission(context, db, LEVEL[scope.level].delete, about.organisationId);
    if (!(await loadMember(db, about.scopeId, userId))) return lastMemberDetails(db, about, userId);
    return append(context, db, about.event(LEVEL[scope.level].removed, { userId }));
  });
}

function requireRoles(scope: MemberScope, roles: readonly string[], act: 'add' | 'change'): void {
  const { noRoles, badRoles, badRolesText } = LEVEL[scope.level];
  if (roles.length === 0) {
    const isOrganisation = scope.level === 'organisation' && act === 'add';
    throw invalidArgument(noRoles[act], isOrganisation ? 'Errors.Invalid.Argument' : badRolesText);
  }
  if (!roles.every((role) => isRoleOf(scope.level, role))) throw invalidArgument(badRoles[act], badRolesText);
}

/** Of the last event about this person's roles here; without one, only whose they would be. */
async function lastMemberDetails(
  db: Database,
  { scopeId, resourceOwner }: { readonly scopeId: string; readonly resourceOwner: string },
  userId: string,
): Promise<ChangeDetails> {
  const row = await db
    .selectFrom('events')
    .select(['sequence', 'created_at'])
    .where('aggregate_id', '=', scopeId)
    .where('type', 'like', '%.member.%')
    .where(sql<string>`json_extract(payload, '$.userId')`, '=', userId)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { sequence: row?.sequence ?? 0, changedAt: row?.created_at ?? 0, resourceOwner };
}

/** `organisationId`: where the right is asked for; empty asks for the instance. */
async function aggregateOf(db: Database, scope: MemberScope) {
  const { type: aggregateType, ...about } = await describe(db, scope);
  const event = <Type extends NewEvent['type']>(type: Type, payload: NewEvent<Type>['payload']): NewEvent<Type> => ({
    aggregateType,
    aggregateId: about.scopeId,
    resourceOwner: about.resourceOwner,
    type,
    payload,
  });
  return { ...about, event };
}

/** @throws DomainError COMMAND-EbFMN for an unknown project. */
async function describe(db: Database, scope: MemberScope) {
  switch (scope.level) {
    case 'instance': {
      const { id } = await loadInstance(db);
      return { type: 'instance', scopeId: id, resourceOwner: id, organisationId: '' } as const;
    }
    case 'organisation':
      return { type: 'org', scopeId: scope.id, resourceOwner: scope.id, organisationId: scope.id } as const;
    case 'project': {
      const project = await loadProject(db, scope.id);
      const elsewhere = scope.resourceOwner !== undefined && project?.organisation_id !== scope.resourceOwner;
      if (!project || elsewhere) throw failedPrecondition('COMMAND-EbFMN', 'Errors.Project.NotFound');
      const owner = project.organisation_id;
      return { type: 'project', scopeId: project.id, resourceOwner: owner, organisationId: owner } as const;
    }
  }
}

function loadMember(db: Database, scopeId: string, userId: string): Promise<MemberTable | undefined> {
  return db
    .selectFrom('members')
    .selectAll()
    .where('user_id', '=', userId)
    .where('scope_id', '=', scopeId)
    .executeTakeFirst();
}
