import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { appEntry } from '@latchkey/test-kit/app-entry';

/** The embedded ZITADEL-compatible server in a process of its own, with fresh data and its demo people. */
export interface EmbeddedZitadel {
  readonly origin: string;
  /** The token of the machine user of the first start, an instance owner. */
  readonly adminToken: string;
  readonly loginClientToken: string;
  /** The key of the Latchkey application that it sets up for itself. */
  readonly consoleKeyFile: string;
  readonly people: readonly Person[];
  /** Where it takes mail, which its outbox shows. */
  readonly smtpUrl: string;
  stop(): Promise<void>;
}

export interface Person {
  readonly userId: string;
  readonly loginName: string;
  readonly password: string;
  readonly displayName: string;
  readonly organisationId: string;
  readonly state: string;
  readonly roles: readonly string[];
  readonly factors: readonly { readonly kind: string; readonly id?: string; readonly secret?: string }[];
}

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/**
 * @param demo `none` for an instance as ZITADEL makes it: nobody but the machine users of a first start.
 * @param environment further variables.
 */
export async function startEmbeddedZitadel(
  demo: 'people' | 'none' = 'people',
  environment: Readonly<Record<string, string>> = {},
): Promise<EmbeddedZitadel> {
  const data = await mkdtemp(join(tmpdir(), 'latchkey-bff-'));
  const port = await freePort();
  const child = spawn(process.execPath, appEntry('identity'), {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      IDENTITY_PORT: String(port),
      LATCHKEY_DATA: data,
      LATCHKEY_DEMO: demo,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  child.stdout.on('data', (chunk) => output.push(String(chunk)));
  child.stderr.on('data', (chunk) => output.push(String(chunk)));
  const origin = `http://localhost:${port}`;
  await untilReady(child, `${origin}/debug/ready`, output);
  const read = async (name: string) => (await readFile(join(data, 'identity', name), 'utf8')).trim();
  return {
    origin,
    consoleKeyFile: join(data, 'identity', 'console-application.json'),
    adminToken: await read('admin.pat'),
    loginClientToken: await read('login-client.pat'),
    people: JSON.parse(await read('people.json')),
    smtpUrl: await read('smtp.url'),
    stop: async () => {
      await end(child);
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function untilReady(child: ChildProcess, url: string, output: readonly string[]): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (child.exitCode !== null) break;
    if (
      await fetch(url)
        .then((answer) => answer.ok)
        .catch(() => false)
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`the identity server did not start:\n${output.join('')}`);
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
