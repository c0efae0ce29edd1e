import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppProcess } from './app-process.ts';
import { type BffGroup, prepareBffs } from './bff-group.ts';
import { freePort } from './free-port.ts';
import { People } from './person.ts';
import { startPostgres } from './postgres-server.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface StackOptions {
  /**
   * Further variables for both processes, such as `LATCHKEY_REMOVAL_API`. The BFFs have the login client's token for
   * their service account and the outbox for their mail server; `LATCHKEY_SERVICE_PAT_FILE` or `LATCHKEY_SMTP_URL`,
   * empty, takes that away. A function is told where the identity server will be, for what has to stand before it.
   */
  readonly env?: Record<string, string> | ((issuer: string) => Promise<Record<string, string>>);
  /** How many BFF processes; several stand behind a round-robin. They want `postgres`. Default 1. */
  readonly bffs?: number;
  /** Where the BFF keeps its state. `postgres`: the server of LATCHKEY_TEST_DATABASE_URL, else one of this stack's own. */
  readonly database?: 'sqlite' | 'postgres';
}

/** The whole product on free ports of this machine with fresh data: the embedded identity server and the BFF. */
export interface Stack {
  readonly publicUrl: string;
  readonly issuer: string;
  readonly dataFolder: string;
  /** Where the BFF keeps its state: a `postgres://` URL, or the path of an SQLite file. */
  readonly database: string;
  readonly people: People;
  readonly identity: AppProcess;
  /** The first BFF. */
  readonly bff: AppProcess;
  readonly bffs: BffGroup;
  /** The token of `boss`, the first machine user, IAM_OWNER. */
  readonly adminPat: string;
  /** Ends all processes and removes the data. */
  stop(): Promise<void>;
}

/** Starts a stack from the builds of both apps. @throws Error with a process's output when it does not become ready. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'latchkey-'));
  const database = options.database === 'postgres' ? await startDatabase() : undefined;
  const identityPort = await freePort();
  const issuer = `http://localhost:${identityPort}`;
  const env = typeof options.env === 'function' ? await options.env(issuer) : options.env;
  const common = { LATCHKEY_DATA: dataFolder, LATCHKEY_RATE_SCALE: '1000', ...env };
  const bffs = await prepareBffs(options.bffs ?? 1, path.join(root, 'apps/bff/dist/main.js'), {
    ...common,
    ...(database && { LATCHKEY_DATABASE_URL: database.url }),
    LATCHKEY_ISSUER: issuer,
    LATCHKEY_CLIENT_KEY_FILE: path.join(dataFolder, 'identity', 'console-application.json'),
  });
  const read = (name: string) => readFileSync(path.join(dataFolder, 'identity', name), 'utf8').trim();
  const identity = new AppProcess('identity', path.join(root, 'apps/identity/dist/main.js'), {
    ...common,
    LATCHKEY_PUBLIC_URL: bffs.publicUrl,
    IDENTITY_PORT: String(identityPort),
  });
  await identity.ready(`http://127.0.0.1:${identityPort}/debug/ready`);
  await bffs.start({
    LATCHKEY_SERVICE_PAT_FILE: path.join(dataFolder, 'identity', 'login-client.pat'),
    LATCHKEY_SMTP_URL: read('smtp.url'),
  });

  return {
    publicUrl: bffs.publicUrl,
    issuer,
    dataFolder,
    database: database?.url ?? path.join(dataFolder, 'bff', 'latchkey.db'),
    people: new People(path.join(dataFolder, 'identity', 'people.json')),
    identity,
    get bff() {
      return bffs.process(0);
    },
    bffs,
    adminPat: read('admin.pat'),
    async stop() {
      await bffs.stop();
      await identity.stop();
      await database?.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** A server that somebody named is taken as it is: its database must be empty. */
async function startDatabase(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const url = process.env.LATCHKEY_TEST_DATABASE_URL;
  return url ? { url, stop: () => Promise.resolve() } : await startPostgres();
}
