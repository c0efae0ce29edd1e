import type { DataFolder } from '../../data/folder.ts';
import type { Store } from '../../store/open-store.ts';
import { addDemoPerson, type PersonEntry } from './add-person.ts';
import { addDemoOrganisations } from './demo-organisations.ts';
import { DEMO_PEOPLE } from './demo-people.ts';
import { setDemoPolicy } from './demo-policy.ts';

/**
 * Fills a new instance with the demo, and writes `people.json`: who there is, and everything a script needs to be them.
 *
 * @param origin of the sign-in pages, for which security keys are registered.
 */
export async function addDemo(store: Store, folder: DataFolder, origin: string): Promise<void> {
  await setDemoPolicy(store);
  const organisations = await addDemoOrganisations(store);
  const entries: PersonEntry[] = [];
  for (const [index, person] of DEMO_PEOPLE.entries()) {
    entries.push(await addDemoPerson(store, { person, index, organisations, origin }));
  }
  folder.write('people.json', `${JSON.stringify(entries, null, 2)}\n`);
}
