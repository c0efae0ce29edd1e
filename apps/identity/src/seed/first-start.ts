import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setUpInstance } from '../commands/set-up-instance.ts';
import type { IdentityConfiguration } from '../config.ts';
import { type DataFolder, openDataFolder } from '../data/folder.ts';
import { loadKeys } from '../data/keys.ts';
import { lastPosition } from '../store/event-store.ts';
import { openStore } from '../store/open-store.ts';
import { APPLICATION_FILE, addConsoleApplication } from './console-application.ts';
import { addDemo } from './demo/add-demo.ts';

/** How far the events of the first start go, for `identity:reset`. */
export const FIRST_START_FILE = 'first-start.json';

/**
 * Makes the instance if there is none: its machine users and their tokens, the console's application, the demo people.
 * All of it grows in a folder beside and takes its place in one step, so a first start that was killed leaves nothing
 * half done.
 *
 * @param origin of this server, for which the demo's security keys are registered.
 */
export async function prepareInstance(configuration: IdentityConfiguration, origin: string): Promise<void> {
  if (existsSync(join(configuration.folder, 'identity.db'))) return;
  const draft = `${configuration.folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(dirname(draft), { recursive: true });
  await makeInstance(configuration, openDataFolder(draft), origin);
  renameSync(draft, configuration.folder);
}

async function makeInstance(configuration: IdentityConfiguration, folder: DataFolder, origin: string): Promise<void> {
  const keys = loadKeys(folder);
  const store = await openStore(folder.path);
  try {
    const { boss, loginClient, organisationId } = await setUpInstance(store);
    folder.write('admin.pat', boss.token);
    folder.write('login-client.pat', loginClient.token);
    const application = await addConsoleApplication(store, organisationId, configuration.publicUrl);
    folder.write(APPLICATION_FILE, `${JSON.stringify(application, null, 2)}\n`);
    if (configuration.demo === 'people') await addDemo(store, folder, origin);
    else folder.write('people.json', '[]\n');
    folder.write(FIRST_START_FILE, `${JSON.stringify({ position: await lastPosition(store.db) })}\n`);
  } finally {
    await store.close();
    await keys;
  }
}
