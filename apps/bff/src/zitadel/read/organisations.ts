import { idPattern } from '@latchkey/contract/id';
import type { OrganisationRef } from '@latchkey/contract/user';
import { TextQueryMethod } from '@zitadel/proto/zitadel/object/v2/object_pb.js';
import { OrganizationFieldName } from '@zitadel/proto/zitadel/org/v2/query_pb.js';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { inParallel } from './in-parallel.ts';

/** A list to choose from is not longer than this: whoever does not find theirs types more of its name. */
const listLimit = 50;

/**
 * The organisations the caller may see, by name.
 *
 * @param search a part of the name; empty for the first ones.
 * @throws ConnectError, UpstreamFault
 */
export async function searchOrganisations(
  zitadel: Zitadel,
  caller: AsCaller,
  search: string,
  { offset, limit } = { offset: 0, limit: listLimit },
): Promise<OrganisationRef[]> {
  const method = TextQueryMethod.CONTAINS_IGNORE_CASE;
  const { result } = await zitadel.organisations.listOrganizations(
    {
      query: { offset: BigInt(offset), limit, asc: true },
      sortingColumn: OrganizationFieldName.NAME,
      queries: search ? [{ query: { case: 'nameQuery', value: { name: search, method } } }] : [],
    },
    caller,
  );
  return result.filter(({ id }) => idPattern.test(id)).map(({ id, name }) => ({ organisationId: id, name }));
}

/** How many look-ups run at once: ZITADEL's search takes one id a query. */
const parallel = 8;

/**
 * The names of organisations, as far as the caller may see them.
 *
 * @returns a function from an id to the organisation; its name is null when ZITADEL does not show it to the caller.
 * @throws ConnectError, UpstreamFault
 */
export async function readOrganisations(
  zitadel: Zitadel,
  caller: AsCaller,
  organisationIds: Iterable<string>,
): Promise<(organisationId: string) => OrganisationRef> {
  const names = new Map<string, string>();
  await inParallel([...new Set(organisationIds)], parallel, async (id) => {
    const { result } = await zitadel.organisations.listOrganizations(
      { query: { limit: 1 }, queries: [{ query: { case: 'idQuery', value: { id } } }] },
      caller,
    );
    const name = result.find((organisation) => organisation.id === id)?.name;
    if (name) names.set(id, name);
  });
  return (organisationId) => ({ organisationId, name: names.get(organisationId) ?? null });
}
