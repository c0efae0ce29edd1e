import { type DescMethod, getOption, hasOption, type Message } from '@bufbuild/protobuf';
import { auth_option } from '@zitadel/proto/zitadel/options_pb.js';
import { options as v2Options } from '@zitadel/proto/zitadel/protoc_gen_zitadel/v2/options_pb.js';
import { notFound, permissionDenied } from '../../domain/errors.ts';
import { mayDo } from '../../domain/permissions.ts';
import { loadMemberships } from '../../store/load.ts';
import type { Database } from '../../store/tables.ts';

/** What a method's descriptor asks of its caller. */
export type MethodAccess =
  | { readonly kind: 'open' }
  /** A token; the method asks for more by itself. */
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'permission'; readonly permission: string; readonly organisationField: string };

/** Reads `auth_option`, which v1 and v2 spell differently. */
export function accessOf(method: DescMethod): MethodAccess {
  const v1 = hasOption(method, auth_option) ? getOption(method, auth_option) : undefined;
  const v2 = hasOption(method, v2Options) ? getOption(method, v2Options).authOption : undefined;
  const permission = v1?.permission ?? v2?.permission ?? '';
  if (!permission) return { kind: 'open' };
  if (permission === 'authenticated') return { kind: 'authenticated' };
  return { kind: 'permission', permission, organisationField: v2?.orgField ?? '' };
}

/**
 * The organisation of a call: the header's, else the caller's own.
 *
 * @throws DomainError AUTH-Bs7Ds for a header that names none.
 */
export async function resolveOrganisation(db: Database, header: string | null, own: string): Promise<string> {
  if (!header) return own;
  const row = await db.selectFrom('organisations').select('id').where('id', '=', header).executeTakeFirst();
  if (!row) throw permissionDenied('AUTH-Bs7Ds', "Organisation doesn't exist");
  return row.id;
}

/** @throws DomainError AUTHZ-cdgFk without any role in that organisation, AUTH-5mWD2 without the right. */
export async function requireMethodPermission(
  db: Database,
  userId: string,
  permission: string,
  organisationId: string,
): Promise<void> {
  switch (mayDo(await loadMemberships(db, userId), permission, organisationId)) {
    case 'allowed':
      return;
    case 'no-membership':
      throw notFound('AUTHZ-cdgFk', 'membership not found');
    case 'no-permission':
      throw permissionDenied('AUTH-5mWD2', 'No matching permissions found');
  }
}

/** The organisation that a request itself names, where the descriptor says in which field. */
export function organisationInRequest(message: Message, field: string): string | undefined {
  if (!field) return undefined;
  const value = (message as unknown as Record<string, unknown>)[field];
  if (typeof value !== 'object' || value === null || !('org' in value)) return undefined;
  const { org } = value;
  if (typeof org !== 'object' || org === null || !('case' in org && 'value' in org)) return undefined;
  return org.case === 'orgId' && typeof org.value === 'string' && org.value ? org.value : undefined;
}
