import type { SearchQuery as SearchQueryV2 } from '@zitadel/proto/zitadel/user/v2/query_pb.js';
import type { SearchQuery as SearchQueryV1 } from '@zitadel/proto/zitadel/user_pb.js';
import { invalidArgument, unknownError } from '../../domain/errors.ts';
import type { UserKind, UserState } from '../../domain/user.ts';
import type { UserCondition } from '../../store/user-index/user-condition.ts';
import type { UserOrder } from '../../store/user-search.ts';
import { toTextMethod } from './text-method.ts';

/** ZITADEL refuses deeper nesting (zitadel.md 3.2). */
const DEEPEST = 20;

/** Numbers differ between the versions from 5 on. */
export type StateNumbers = Readonly<Record<number, UserState>>;

export const STATES_V1: StateNumbers = { 1: 'active', 2: 'inactive', 4: 'locked', 6: 'initial' };
export const STATES_V2: StateNumbers = { 1: 'active', 2: 'inactive', 4: 'locked', 5: 'initial' };

const KINDS: Readonly<Record<number, UserKind>> = { 1: 'human', 2: 'machine' };

/** `UserFieldName`, the same in both versions; every other number orders by id. */
const ORDERS: Readonly<Record<number, UserOrder>> = {
  1: 'username',
  2: 'given_name',
  3: 'family_name',
  4: 'nick_name',
  5: 'display_name',
  6: 'email',
  7: 'state',
  8: 'kind',
  9: 'created_at',
};

export function toUserOrder(column: number): UserOrder {
  return ORDERS[column] ?? 'id';
}

/**
 * One of the queries of a user search. v1 has a part of v2's.
 *
 * @throws DomainError USER-zsQ97 when nested too deep, GRPC-vR9nC for a query that says nothing, one without an id (500) for
 *   an empty list.
 */
export function toUserCondition(
  { query }: SearchQueryV1 | SearchQueryV2,
  states: StateNumbers,
  depth = 0,
): UserCondition {
  if (depth > DEEPEST) throw invalidArgument('USER-zsQ97', 'Errors.Query.TooManyNestingLevels');
  // Newer than the published descriptors: the doors' own have them.
  const noted = toNoteCondition(query as NoteQuery);
  if (noted) return noted;
  const all = (queries: readonly (SearchQueryV1 | SearchQueryV2)[]) => {
    if (queries.length === 0) throw unknownError('missing column');
    return queries.map((each) => toUserCondition(each, states, depth + 1));
  };
  switch (query.case) {
    case 'userNameQuery':
      return text('username', query.value.method, query.value.userName);
    case 'loginNameQuery':
      return text('username', query.value.method, query.value.loginName);
    case 'firstNameQuery':
      return text('given_name', query.value.method, query.value.firstName);
    case 'lastNameQuery':
      return text('family_name', query.value.method, query.value.lastName);
    case 'nickNameQuery':
      return text('nick_name', query.value.method, query.value.nickName);
    case 'displayNameQuery':
      return text('display_name', query.value.method, query.value.displayName);
    case 'emailQuery':
      return text('email', query.value.method, query.value.emailAddress);
    case 'phoneQuery':
      return text('phone', query.value.method, query.value.number);
    case 'stateQuery':
      return { kind: 'state', state: states[query.value.state] };
    case 'typeQuery':
      return { kind: 'type', type: KINDS[query.value.type] };
    case 'inUserIdsQuery':
      return { kind: 'ids', ids: requireValues(query.value.userIds) };
    case 'inUserEmailsQuery':
      return { kind: 'emails', emails: requireValues(query.value.userEmails) };
    case 'organizationIdQuery':
      return { kind: 'organisation', id: query.value.organizationId };
    case 'orQuery':
      return { kind: 'or', conditions: all(query.value.queries) };
    case 'andQuery':
      return { kind: 'and', conditions: all(query.value.queries) };
    case 'notQuery':
      if (!query.value.query) throw invalidArgument('GRPC-vR9nC', 'List.Query.Invalid');
      return { kind: 'not', condition: toUserCondition(query.value.query, states, depth + 1) };
    case undefined:
      throw invalidArgument('GRPC-vR9nC', 'List.Query.Invalid');
  }
}

type NoteQuery =
  | { readonly case: 'metadataKeyFilter'; readonly value: { readonly key: string; readonly method: number } }
  | { readonly case: 'metadataValueFilter'; readonly value: { readonly value: Uint8Array; readonly method: number } }
  | { readonly case: undefined };

function toNoteCondition(query: NoteQuery): UserCondition | undefined {
  switch (query.case) {
    case 'metadataKeyFilter':
      return { kind: 'metadataKey', method: toTextMethod(query.value.method), text: query.value.key };
    case 'metadataValueFilter': {
      const { value, method } = query.value;
      return { kind: 'metadataValue', value: Buffer.from(value).toString('base64'), equal: method === 0 };
    }
    default:
      return undefined;
  }
}

function text(
  column: Extract<UserCondition, { kind: 'text' }>['column'],
  method: number,
  value: string,
): UserCondition {
  return { kind: 'text', column, method: toTextMethod(method), text: value };
}

function requireValues(values: readonly string[]): readonly string[] {
  if (values.length === 0) throw unknownError('values array must not be empty');
  return values;
}
