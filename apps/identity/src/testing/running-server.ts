import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IdentityConfiguration } from '../config.ts';
import type { PersonEntry } from '../seed/demo/add-person.ts';
import { type IdentityServer, startIdentity } from '../server.ts';
import { openStore, type Store } from '../store/open-store.ts';

/** A server of a test's own, with everything real: a free port, a fresh data folder. */
export interface RunningServer extends IdentityServer {
  readonly configuration: IdentityConfiguration;
  /** A second handle on its store, for making what a test needs and looking at what happened. */
  readonly store: Store;
  /** The demo's people. */
  readonly people: readonly PersonEntry[];
  readFile(name: string): string;
}

/** Starts a server; `stop` also deletes its folder. */
export async function startServer(options: Partial<IdentityConfiguration> = {}): Promise<RunningServer> {
  const base = mkdtempSync(join(tmpdir(), 'identity-'));
  const configuration: IdentityConfiguration = {
    port: 0,
    host: '127.0.0.1',
    folder: join(base, 'identity'),
    demo: 'none',
    publicUrl: 'http://localhost:3000',
    logLevel: 'warn',
    readsLag: 0,
    refreshPause: 0,
    ...options,
  };
  const server = await startIdentity(configuration);
  const store = await openStore(configuration.folder);
  const readFile = (name: string) => readFileSync(join(configuration.folder, name), 'utf8');
  return {
    origin: server.origin,
    configuration,
    store,
    people: JSON.parse(readFile('people.json')) as PersonEntry[],
    readFile,
    async stop() {
      await store.close();
      await server.stop();
      rmSync(base, { recursive: true, force: true });
    },
  };
}
