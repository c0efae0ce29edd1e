import type { OrganisationRef } from '@latchkey/contract/user';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';

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
  const waiting = [...new Set(organisationIds)];
  const names = new Map<string, string>();
  const worker = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const { result } = await zitadel.organisations.listOrganizations(
        { query: { limit: 1 }, queries: [{ query: { case: 'idQuery', value: { id } } }] },
        caller,
      );
      const name = result.find((organisation) => organisation.id === id)?.name;
      if (name) names.set(id, name);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return (organisationId) => ({ organisationId, name: names.get(organisationId) ?? null });
}
