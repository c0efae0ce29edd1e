import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  InternalPermissionService,
  type ResourceType,
} from '@zitadel/proto/zitadel/internal_permission/v2beta/internal_permission_service_pb.js';
import { addMember, changeMember, type MemberScope, removeMember } from '../../commands/organisations/members.ts';
import { invalidArgument } from '../../domain/errors.ts';
import type { Store } from '../../store/open-store.ts';
import { commandContext } from '../access/api-caller.ts';
import { part } from '../service.ts';

/** Making and unmaking administrators of the instance, of organisations and of projects. */
export function administratorChanges(store: Store) {
  return part(InternalPermissionService, {
    async createAdministrator({ userId, resource, roles }, context) {
      const input = { scope: scopeOf(resource), userId, roles };
      const { changedAt } = await addMember(commandContext(store, context), input);
      return { creationDate: timestampFromMs(changedAt) };
    },

    async updateAdministrator({ userId, resource, roles }, context) {
      const input = { scope: scopeOf(resource), userId, roles };
      const { changedAt } = await changeMember(commandContext(store, context), input);
      return { changeDate: timestampFromMs(changedAt) };
    },

    /** Who is no administrator is none afterwards: no error. The date is that of the last change, if there was one. */
    async deleteAdministrator({ userId, resource }, context) {
      const input = { scope: scopeOf(resource), userId };
      const { changedAt } = await removeMember(commandContext(store, context), input);
      return changedAt === 0 ? {} : { deletionDate: timestampFromMs(changedAt) };
    },
  });
}

/** @throws DomainError ADMIN-DPP8sdl for a resource that is missing or that has no administrators here. */
function scopeOf(resourceType: ResourceType | undefined): MemberScope {
  const resource = resourceType?.resource;
  if (resource?.case === 'instance' && resource.value) return { level: 'instance' };
  if (resource?.case === 'organizationId') return { level: 'organisation', id: resource.value };
  if (resource?.case === 'projectId') return { level: 'project', id: resource.value };
  throw invalidArgument('ADMIN-DPP8sdl', 'Errors.Invalid.Argument');
}
