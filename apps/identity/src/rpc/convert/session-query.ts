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
 * @param own what an empty creator or user agent stands for: the caller's own.
 * @throws DomainError GRPC-Sfefs for a query that says nothing.
 */
export function toSessionCondition(
  { query }: SearchQuery,
  own: { readonly userId: string; readonly fingerprintId: string },
): SessionCondition {
  switch (query.case) {
    case 'idsQuery':
      return { kind: 'ids', ids: query.value.ids };
    case 'userIdQuery':
      return { kind: 'user', userId: query.value.id };
    case 'creatorQuery':
      return { kind: 'creator', userId: query.value.id ?? own.userId };
    case 'userAgentQuery':
      return { kind: 'userAgent', fingerprintId: query.value.fingerprintId ?? own.fingerprintId };
    case 'creationDateQuery':
      return {
        kind: 'createdAt',
        method: TIME_METHOD[query.value.method],
        at: toMs(query.value.creationDate) ?? 0,
      };
    case undefined:
      throw invalidArgument('GRPC-Sfefs', 'List.Query.Invalid');
  }
}
