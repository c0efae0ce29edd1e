import { alreadyExists, failedPrecondition, invalidArgument, notFound } from '../../domain/errors.ts';
import type { ChangeDetails, NewEvent } from '../../domain/events.ts';
import { isRoleOf } from '../../domain/permissions.ts';
import type { Database } from '../../store/event-store.ts';
import { loadInstance, loadUser } from '../../store/load.ts';
import type { MemberTable } from '../../store/tables.ts';
import { append, type CommandContext } from '../context.ts';
import { requirePermission } from '../permission.ts';

/** Where an administrator's role holds: on the instance, or in one organisation. */
export type MemberScope = { readonly level: 'instance' } | { readonly level: 'organisation'; readonly id: string };

export interface MemberInput {
  readonly scope: MemberScope;
  readonly userId: string;
  readonly roles: readonly string[];
}

/** What differs between the two levels: ids as ZITADEL gives them. */
const IDS = {
  instance: {
    write: 'iam.member.write',
    delete: 'iam.member.delete',
    invalid: 'INSTANCE-4m0fS',
    unknownUser: 'INSTA-GSXOn',
    present: { id: 'INSTA-pFDwe', text: 'Errors.Instance.Member.AlreadyExists' },
    missing: { id: 'INSTANCE-D8JxR', text: 'Errors.NotFound' },
    unchanged: { id: 'INSTANCE-LiaZi', text: 'Errors.IAM.Member.RolesNotChanged' },
  },
  organisation: {
    write: 'org.member.write',
    delete: 'org.member.delete',
    invalid: 'Org-4N8es',
    unknownUser: 'ORG-GoXOn',
    present: { id: 'ORG-PtXi1', text: 'Errors.Org.Member.AlreadyExists' },
    missing: { id: 'Org-D8JxR', text: 'Errors.NotFound' },
    unchanged: { id: 'Org-LiaZi', text: 'Errors.Org.Member.RolesNotChanged' },
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
  const ids = IDS[scope.level];
  const about = await aggregateOf(db, scope);
  await requirePermission(context, db, ids.write, scope.level === 'instance' ? '' : scope.id);
  requireRoles(scope, roles);
  if (!(await loadUser(db, userId))) throw failedPrecondition(ids.unknownUser, 'Errors.User.NotFound');
  if (await loadMember(db, about.scopeId, userId)) throw alreadyExists(ids.present.id, ids.present.text);
  const type = scope.level === 'instance' ? 'instance.member.added' : 'org.member.added';
  return append(context, db, about.event(type, { userId, roles: [...roles] }));
}

/** Replaces an administrator's roles. @throws DomainError when there is no such one, or the roles are the same. */
export function changeMember(context: CommandContext, { scope, userId, roles }: MemberInput): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const ids = IDS[scope.level];
    const about = await aggregateOf(db, scope);
    await requirePermission(context, db, ids.write, scope.level === 'instance' ? '' : scope.id);
    requireRoles(scope, roles);
    const member = await loadMember(db, about.scopeId, userId);
    if (!member) throw notFound(ids.missing.id, ids.missing.text);
    if (member.roles === JSON.stringify(roles)) throw failedPrecondition(ids.unchanged.id, ids.unchanged.text);
    const type = scope.level === 'instance' ? 'instance.member.changed' : 'org.member.changed';
    return append(context, db, about.event(type, { userId, roles: [...roles] }));
  });
}

/** @throws DomainError when there is no such administrator. */
export function removeMember(
  context: CommandContext,
  { scope, userId }: Omit<MemberInput, 'roles'>,
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const ids = IDS[scope.level];
    const about = await aggregateOf(db, scope);
    await requirePermission(context, db, ids.delete, scope.level === 'instance' ? '' : scope.id);
    if (!(await loadMember(db, about.scopeId, userId))) throw notFound(ids.missing.id, ids.missing.text);
    const type = scope.level === 'instance' ? 'instance.member.removed' : 'org.member.removed';
    return append(context, db, about.event(type, { userId }));
  });
}

function requireRoles(scope: MemberScope, roles: readonly string[]): void {
  if (roles.length === 0 || !roles.every((role) => isRoleOf(scope.level, role))) {
    const noun = scope.level === 'instance' ? 'Errors.Instance.MemberInvalid' : 'Errors.Org.MemberInvalid';
    throw invalidArgument(IDS[scope.level].invalid, noun);
  }
}

async function aggregateOf(db: Database, scope: MemberScope) {
  const instance = scope.level === 'instance';
  const scopeId = instance ? (await loadInstance(db)).id : scope.id;
  const aggregateType = instance ? ('instance' as const) : ('org' as const);
  const event = <Type extends NewEvent['type']>(type: Type, payload: NewEvent<Type>['payload']): NewEvent<Type> => ({
    aggregateType,
    aggregateId: scopeId,
    resourceOwner: scopeId,
    type,
    payload,
  });
  return { scopeId, event };
}

function loadMember(db: Database, scopeId: string, userId: string): Promise<MemberTable | undefined> {
  return db
    .selectFrom('members')
    .selectAll()
    .where('user_id', '=', userId)
    .where('scope_id', '=', scopeId)
    .executeTakeFirst();
}
