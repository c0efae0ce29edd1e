import { systemContext } from '../../commands/context.ts';
import { addOrganisation } from '../../commands/organisations/add-organisation.ts';
import type { Store } from '../../store/open-store.ts';
import { DEMO_ORGANISATIONS, type DemoOrganisation } from './demo-people.ts';

/** @returns ids by name. */
export async function addDemoOrganisations(store: Store): Promise<Readonly<Record<DemoOrganisation, string>>> {
  const ids = new Map<DemoOrganisation, string>();
  for (const name of DEMO_ORGANISATIONS) {
    const { organisationId } = await addOrganisation(systemContext(store), { name });
    ids.set(name, organisationId);
  }
  return Object.fromEntries(ids) as Record<DemoOrganisation, string>;
}
