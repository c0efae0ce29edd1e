import type { MessageInitShape } from '@bufbuild/protobuf';
import type { UserSearch, UserSort } from '@latchkey/contract/user';
import { TextQueryMethod } from '@zitadel/proto/zitadel/object/v2/object_pb.js';
import { type SearchQuerySchema, Type, UserFieldName } from '@zitadel/proto/zitadel/user/v2/query_pb.js';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { fromUserState, toUserRecord, type UserRecord } from '../to-user.ts';

type Query = MessageInitShape<typeof SearchQuerySchema>;

const sortingColumns: Record<UserSort, UserFieldName> = {
  name: UserFieldName.DISPLAY_NAME,
  loginName: UserFieldName.USER_NAME,
  email: UserFieldName.EMAIL,
  state: UserFieldName.STATE,
  createdAt: UserFieldName.CREATION_DATE,
};

/**
 * A page of people. A page is always asked for: ZITADEL's search has no upper limit of its own (zitadel-oidc.md 8).
 *
 * @throws ConnectError, UpstreamFault
 */
export async function searchUsers(
  zitadel: Zitadel,
  caller: AsCaller,
  search: UserSearch,
): Promise<{ readonly records: UserRecord[]; readonly total: number }> {
  const answer = await zitadel.users.listUsers(
    {
      query: { offset: BigInt(search.offset), limit: search.limit, asc: search.direction === 'asc' },
      sortingColumn: sortingColumns[search.sort],
      queries: toQueries(search),
    },
    caller,
  );
  const records = answer.result.map(toUserRecord).filter((record) => record !== undefined);
  return { records, total: Number(answer.details?.totalResult ?? 0n) };
}

function toQueries({ search, kind, state, organisationId }: UserSearch): Query[] {
  const type = kind === 'human' ? Type.HUMAN : Type.MACHINE;
  const queries: Query[] = [{ query: { case: 'typeQuery', value: { type } } }];
  if (state) queries.push({ query: { case: 'stateQuery', value: { state: fromUserState(state) } } });
  if (organisationId)
    queries.push({ query: { case: 'organizationIdQuery', value: { organizationId: organisationId } } });
  if (search) queries.push({ query: { case: 'orQuery', value: { queries: matching(search) } } });
  return queries;
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
  const number = toPhoneNumberPart(search);
  if (number) queries.push({ query: { case: 'phoneQuery', value: { number, method } } });
  return queries;
}

/**
 * What of a spoken number stands in a number as ZITADEL keeps it (E.164: `+41791234567`): the digits, without the zeros
 * by which one dials a country or a city.
 *
 * @returns undefined for what is no number; ZITADEL takes twenty characters.
 */
function toPhoneNumberPart(search: string): string | undefined {
  const digits = search.replace(/[\s()./-]/g, '').replace(/^0{1,2}/, '');
  return /^\+?\d{3,19}$/.test(digits) ? digits : undefined;
}
