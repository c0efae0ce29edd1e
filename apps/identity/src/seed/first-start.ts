import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setUpInstance } from '../commands/set-up-instance.ts';
import type { IdentityConfiguration } from '../config.ts';
import { openDataFolder } from '../data/folder.ts';
import { loadKeys } from '../data/keys.ts';
import { openStore } from '../store/open-store.ts';

/**
 * Makes the instance if there is none: its machine users and their tokens, the console's application, the demo people.
 * All of it grows in a folder beside and takes its place in one step, so a first start that was killed leaves nothing
 * half done.
 */
export async function prepareInstance(configuration: IdentityConfiguration): Promise<void> {
  if (existsSync(join(configuration.folder, 'identity.db'))) return;
  const draft = `${configuration.folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(dirname(draft), { recursive: true });
  await makeInstance(configuration, draft);
  renameSync(draft, configuration.folder);
}

async function makeInstance(_configuration: IdentityConfiguration, path: string): Promise<void> {
  const folder = openDataFolder(path);
  await loadKeys(folder);
  const store = await openStore(path);
  try {
    const made = await setUpInstance(store);
    folder.write('admin.pat', made.boss.token);
    folder.write('login-client.pat', made.loginClient.token);
  } finally {
    await store.close();
  }
}
