import type { MessageInitShape } from '@bufbuild/protobuf';
import type { UserSearch } from '@latchkey/contract/user';
import { TextQueryMethod } from '@zitadel/proto/zitadel/object/v2/object_pb.js';
import { type SearchQuerySchema, Type, UserFieldName } from '@zitadel/proto/zitadel/user/v2/query_pb.js';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { toUserRecord, type UserRecord } from '../to-user.ts';

type Query = MessageInitShape<typeof SearchQuerySchema>;

/**
 * A page of people. A page is always asked for: ZITADEL's search has no upper limit of its own (zitadel-oidc.md 8).
 *
 * @throws ConnectError, UpstreamFault
 */
export async function searchUsers(
  zitadel: Zitadel,
  caller: AsCaller,
  { search, offset, limit }: UserSearch,
): Promise<{ readonly records: UserRecord[]; readonly total: number }> {
  const queries: Query[] = [{ query: { case: 'typeQuery', value: { type: Type.HUMAN } } }];
  if (search) queries.push({ query: { case: 'orQuery', value: { queries: matching(search) } } });
  const answer = await zitadel.users.listUsers(
    { query: { offset: BigInt(offset), limit, asc: true }, sortingColumn: UserFieldName.DISPLAY_NAME, queries },
    caller,
  );
  const records = answer.result.map(toUserRecord).filter((record) => record !== undefined);
  return { records, total: Number(answer.details?.totalResult ?? 0n) };
}

/** Everything a caller may be known by. Whoever is on the telephone says any of these. */
function matching(search: string): Query[] {
  const method = TextQueryMethod.CONTAINS_IGNORE_CASE;
  const queries: Query[] = [
    { query: { case: 'displayNameQuery', value: { displayName: search, method } } },
    { query: { case: 'loginNameQuery', value: { loginName: search, method } } },
    { query: { case: 'emailQuery', value: { emailAddress: search, method } } },
    { query: { case: 'inUserIdsQuery', value: { userIds: [search] } } },
  ];
  const digits = search.replace(/[\s()./-]/g, '');
  if (/^\+?\d{3,}$/.test(digits)) queries.push({ query: { case: 'phoneQuery', value: { number: digits, method } } });
  return queries;
}
