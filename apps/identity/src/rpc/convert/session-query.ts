import type { Timestamp } from '@bufbuild/protobuf/wkt';
import { TimestampQueryMethod } from '@zitadel/proto/zitadel/object/v2/object_pb.js';
import type { SearchQuery } from '@zitadel/proto/zitadel/session/v2/session_pb.js';
import { invalidArgument } from '../../domain/errors.ts';
import type { SessionCondition, TimeMethod } from '../../store/session-search.ts';
import { toMs } from './details.ts';

const TIME_METHOD: Record<TimestampQueryMethod, TimeMethod> = {
  [TimestampQueryMethod.EQUALS]: 'equals',
  [TimestampQueryMethod.GREATER]: 'greater',
  [TimestampQueryMethod.GREATER_OR_EQUALS]: 'greaterOrEquals',
  [TimestampQueryMethod.LESS]: 'less',
  [TimestampQueryMethod.LESS_OR_EQUALS]: 'lessOrEquals',
};

/**
 * @param own what a creator or user agent that is left out stands for: the caller's own.
 * @throws DomainError GRPC-Sfefs for a query that says nothing; GRPC-x8n24uh, GRPC-x8n23uh for a creator or user agent
 *   that is empty, also when it is the caller who has none.
 */
export function toSessionCondition(
  { query }: SearchQuery,
  own: { readonly userId: string; readonly fingerprintId: string },
): SessionCondition {
  const expiration = expirationOf(query);
  if (expiration) return { kind: 'expiresAt', ...timeOf(expiration.method, expiration.expirationDate) };
  switch (query.case) {
    case 'idsQuery':
      return { kind: 'ids', ids: query.value.ids };
    case 'userIdQuery':
      return { kind: 'user', userId: query.value.id };
    case 'creatorQuery':
      return { kind: 'creator', userId: requireText(query.value.id ?? own.userId, 'GRPC-x8n24uh') };
    case 'userAgentQuery':
      return {
        kind: 'userAgent',
        fingerprintId: requireText(query.value.fingerprintId ?? own.fingerprintId, 'GRPC-x8n23uh'),
      };
    case 'creationDateQuery':
      return { kind: 'createdAt', ...timeOf(query.value.method, query.value.creationDate) };
    case undefined:
      throw invalidArgument('GRPC-Sfefs', 'List.Query.Invalid');
  }
}

function requireText(text: string, errorId: string): string {
  if (text === '') throw invalidArgument(errorId, 'List.Query.Invalid');
  return text;
}

function timeOf(method: TimestampQueryMethod, time: Timestamp | undefined) {
  return { method: TIME_METHOD[method], at: toMs(time) ?? 0 };
}

interface ExpirationDateQuery {
  readonly expirationDate?: Timestamp;
  readonly method: TimestampQueryMethod;
}

/** The query that the published descriptor has no field for yet; the doors' own has (field 6 of `SearchQuery`). */
function expirationOf(query: { readonly case?: string | undefined; readonly value?: unknown }) {
  return query.case === 'expirationDateQuery' ? (query.value as ExpirationDateQuery) : undefined;
}
