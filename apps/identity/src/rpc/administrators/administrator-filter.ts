import type {
  AdministratorSearchFilter,
  ResourceFilter,
} from '@zitadel/proto/zitadel/internal_permission/v2beta/query_pb.js';
import { invalidArgument } from '../../domain/errors.ts';
import type { MemberTable, UserTable } from '../../store/tables.ts';
import { toTextMethod } from '../convert/text-method.ts';
import { matchesTime } from '../convert/time-filter.ts';

/** A role and who has it. */
export interface Administrator {
  readonly member: MemberTable;
  readonly user: UserTable;
}

/** @throws DomainError ORG-vR9nC for a filter that says nothing. */
export function matchesFilter({ member, user }: Administrator, { filter }: AdministratorSearchFilter): boolean {
  switch (filter.case) {
    case 'creationDate':
      return matchesTime(member.created_at, filter.value);
    case 'changeDate':
      return matchesTime(member.changed_at, filter.value);
    case 'inUserIdsFilter':
      return filter.value.ids.includes(user.id);
    case 'userOrganizationId':
      return user.organisation_id === filter.value.id;
    case 'userPreferredLoginName':
      return matchesText(user.username, filter.value.preferredLoginName, filter.value.method);
    case 'userDisplayName':
      return matchesText(user.display_name, filter.value.displayName, filter.value.method);
    case 'resource':
      return matchesResource(member, filter.value);
    case 'role':
      return (JSON.parse(member.roles) as string[]).includes(filter.value.roleKey);
    case 'and':
      return filter.value.queries.every((each) => matchesFilter({ member, user }, each));
    case 'or':
      return filter.value.queries.some((each) => matchesFilter({ member, user }, each));
    case 'not':
      return !filter.value.query || !matchesFilter({ member, user }, filter.value.query);
    case undefined:
      throw invalidArgument('ORG-vR9nC', 'List.Query.Invalid');
  }
}

function matchesResource(member: MemberTable, { resource }: ResourceFilter): boolean {
  switch (resource.case) {
    case 'instance':
      return (member.scope === 'instance') === resource.value;
    case 'organizationId':
      return member.scope === 'organisation' && member.scope_id === resource.value;
    case 'projectId':
      return member.scope === 'project' && member.scope_id === resource.value;
    case 'projectGrantId':
    case undefined:
      return false;
  }
}

function matchesText(value: string, wanted: string, methodNumber: number): boolean {
  const { match, ignoreCase } = toTextMethod(methodNumber);
  const [text, part] = ignoreCase ? [value.toLowerCase(), wanted.toLowerCase()] : [value, wanted];
  switch (match) {
    case 'equals':
      return text === part;
    case 'startsWith':
      return text.startsWith(part);
    case 'contains':
      return text.includes(part);
    case 'endsWith':
      return text.endsWith(part);
  }
}
