import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppProcess } from './app-process.ts';
import { freePort } from './free-port.ts';
import { People } from './person.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface StackOptions {
  /** Further variables for both processes, such as `LATCHKEY_REMOVAL_API`. */
  env?: Record<string, string>;
}

/** The whole product on free ports of this machine with fresh data: the embedded identity server and the BFF. */
export interface Stack {
  readonly publicUrl: string;
  readonly issuer: string;
  readonly dataFolder: string;
  readonly people: People;
  readonly identity: AppProcess;
  readonly bff: AppProcess;
  /** The token of `boss`, the first machine user, IAM_OWNER. */
  readonly adminPat: string;
  /** Ends both processes and removes the data. */
  stop(): Promise<void>;
}

/** Starts a stack from the builds of both apps. @throws Error with a process's output when it does not become ready. */
export async function startStack({ env = {} }: StackOptions = {}): Promise<Stack> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'latchkey-'));
  const [port, identityPort] = [await freePort(), await freePort()];
  const publicUrl = `http://localhost:${port}`;
  const issuer = `http://localhost:${identityPort}`;
  const common = { LATCHKEY_DATA: dataFolder, LATCHKEY_PUBLIC_URL: publicUrl, LATCHKEY_RATE_SCALE: '1000', ...env };

  const identity = new AppProcess('identity', path.join(root, 'apps/identity/dist/main.js'), {
    ...common,
    IDENTITY_PORT: String(identityPort),
  });
  await identity.ready(`http://127.0.0.1:${identityPort}/debug/ready`);
  const bff = new AppProcess('bff', path.join(root, 'apps/bff/dist/main.js'), {
    ...common,
    PORT: String(port),
    LATCHKEY_ISSUER: issuer,
    LATCHKEY_CLIENT_KEY_FILE: path.join(dataFolder, 'identity', 'console-application.json'),
  });
  await bff.ready(`http://127.0.0.1:${port}/readyz`);

  return {
    publicUrl,
    issuer,
    dataFolder,
    people: new People(path.join(dataFolder, 'identity', 'people.json')),
    identity,
    bff,
    adminPat: readFileSync(path.join(dataFolder, 'identity', 'admin.pat'), 'utf8').trim(),
    async stop() {
      await bff.stop();
      await identity.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
