import { notFound, permissionDenied } from '../domain/errors.ts';
import { mayDo } from '../domain/permissions.ts';
import { loadMemberships } from '../store/load.ts';
import type { Database } from '../store/tables.ts';
import type { CommandContext } from './context.ts';

/**
 * @param organisationId where; empty asks for the instance.
 * @throws DomainError AUTHZ-cdgFk for somebody without any role there, AUTH-AWfge for a role without this right.
 */
export async function requirePermission(
  context: CommandContext,
  db: Database,
  permission: string,
  organisationId: string,
): Promise<void> {
  const { caller } = context;
  if (caller.kind === 'system') return;
  switch (mayDo(await loadMemberships(db, caller.userId), permission, organisationId)) {
    case 'allowed':
      return;
    case 'no-membership':
      throw notFound('AUTHZ-cdgFk', 'membership not found');
    case 'no-permission':
      throw permissionDenied('AUTH-AWfge', 'No matching permissions found');
  }
}

/** What people may do with themselves needs no right. */
export async function requireSelfOr(
  context: CommandContext,
  db: Database,
  permission: string,
  user: { readonly id: string; readonly organisationId: string },
): Promise<void> {
  if (isSelf(context, user.id)) return;
  await requirePermission(context, db, permission, user.organisationId);
}

export function isSelf(context: CommandContext, userId: string): boolean {
  return context.caller.kind === 'user' && context.caller.userId === userId;
}
