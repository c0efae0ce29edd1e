import { create } from '@bufbuild/protobuf';
import { SearchQuerySchema } from '@zitadel/proto/zitadel/user/v2/query_pb.js';
import { describe, expect, it } from 'vitest';
import { STATES_V2, toUserCondition } from './user-query.ts';

describe('a query with nothing to look for', () => {
  it.each([
    ['inUserIdsQuery', { userIds: [] }, 'values array must not be empty'],
    ['inUserEmailsQuery', { userEmails: [] }, 'values array must not be empty'],
    ['orQuery', { queries: [] }, 'missing column'],
    ['andQuery', { queries: [] }, 'missing column'],
  ] as const)('is refused without an id, as ZITADEL never meant to: %s', (name, value, text) => {
    const query = create(SearchQuerySchema, { query: { case: name, value } as never });
    expect(() => toUserCondition(query, STATES_V2)).toThrow(expect.objectContaining({ kind: 'unknown', id: '', text }));
  });
});

it('finds by what is asked for', () => {
  const query = create(SearchQuerySchema, { query: { case: 'inUserIdsQuery', value: { userIds: ['1'] } } });
  expect(toUserCondition(query, STATES_V2)).toEqual({ kind: 'ids', ids: ['1'] });
});
