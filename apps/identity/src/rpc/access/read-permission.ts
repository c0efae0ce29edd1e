import { notFound, permissionDenied } from '../../domain/errors.ts';
import { mayDo, organisationsWhere } from '../../domain/permissions.ts';
import { loadMemberships } from '../../store/load.ts';
import type { Database } from '../../store/tables.ts';
import type { ApiCaller } from './api-caller.ts';

/**
 * Asks for a right within a query.
 *
 * @throws DomainError AUTHZ-cdgFk without any role there, AUTH-AWfge without the right.
 */
export async function requireRead(
  db: Database,
  caller: ApiCaller,
  permission: string,
  organisationId: string,
): Promise<void> {
  switch (mayDo(await loadMemberships(db, caller.userId), permission, organisationId)) {
    case 'allowed':
      return;
    case 'no-membership':
      throw notFound('AUTHZ-cdgFk', 'membership not found');
    case 'no-permission':
      throw permissionDenied('AUTH-AWfge', 'No matching permissions found');
  }
}

/** Organisations of which the caller may see something. */
export async function readableOrganisations(
  db: Database,
  caller: ApiCaller,
  permission: string,
): Promise<'all' | readonly string[]> {
  return organisationsWhere(await loadMemberships(db, caller.userId), permission);
}
