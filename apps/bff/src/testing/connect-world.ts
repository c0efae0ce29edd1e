import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectionFiles } from '../connect/connect-work.ts';
import { readArguments } from '../connect/read-arguments.ts';
import { runConnect } from '../connect/run-connect.ts';
import { type EmbeddedZitadel, startEmbeddedZitadel } from './embedded-zitadel.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';

/** A ZITADEL that Latchkey is not connected to, a proxy on the way to it, and a data folder. */
export interface ConnectWorld {
  readonly zitadel: EmbeddedZitadel;
  readonly proxy: FaultProxy;
  readonly data: string;
  readonly files: ReturnType<typeof connectionFiles>;
  /** The arguments and variables of `npm run connect` here. */
  line(...further: string[]): string[];
  readonly environment: Record<string, string>;
  /** Runs it, with further arguments. @returns what it said. @throws as runConnect does. */
  run(...further: string[]): Promise<string[]>;
  /** A file with this token. */
  patFile(token: string): string;
  /** Calls v1 of the API as the instance's owner. */
  call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** Names of the projects, their applications, and how many keys each of these has. */
  look(): Promise<Record<string, Record<string, number>>>;
  stop(): Promise<void>;
}

export async function startConnectWorld(): Promise<ConnectWorld> {
  const zitadel = await startEmbeddedZitadel('none');
  const proxy = await startFaultProxy(zitadel.origin);
  const data = mkdtempSync(join(tmpdir(), 'latchkey-connect-'));
  const patFile = (token: string) => {
    const file = join(data, `pat-${token.slice(-6)}`);
    writeFileSync(file, `${token}\n`, { mode: 0o600 });
    return file;
  };
  const environment = {
    LATCHKEY_DATA: join(data, 'latchkey'),
    LATCHKEY_API_URL: proxy.origin,
    LATCHKEY_API_HOST: new URL(zitadel.origin).host,
  };
  const call = createCall(zitadel);
  // The embedded server connects its own console; a ZITADEL of somebody's does not know Latchkey yet.
  for (const project of await list(call, '/management/v1/projects/_search')) {
    await call('DELETE', `/management/v1/projects/${project.id}`);
  }
  const line = (...further: string[]) => [
    '--issuer',
    zitadel.origin,
    '--pat-file',
    patFile(zitadel.adminToken),
    ...further,
  ];
  return {
    zitadel,
    proxy,
    data,
    files: connectionFiles(environment.LATCHKEY_DATA),
    line,
    environment,
    patFile,
    call,
    async run(...further) {
      const said: string[] = [];
      const wanted = readArguments(line(...further), environment);
      if (wanted) await runConnect(wanted, (outcome, what) => void said.push(`${outcome}: ${what}`));
      return said;
    },
    look: () => look(call),
    async stop() {
      await proxy.close();
      await zitadel.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

type Call = ConnectWorld['call'];

function createCall({ origin, adminToken }: EmbeddedZitadel): Call {
  return async (method, path, body) => {
    const answer = await fetch(origin + path, {
      method,
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
}

async function list(call: Call, path: string): Promise<{ id: string; name: string }[]> {
  return ((await call('POST', path)) as { result?: { id: string; name: string }[] }).result ?? [];
}

async function look(call: Call): Promise<Record<string, Record<string, number>>> {
  const found: Record<string, Record<string, number>> = {};
  for (const project of await list(call, '/management/v1/projects/_search')) {
    const applications: Record<string, number> = {};
    const path = `/management/v1/projects/${project.id}/apps`;
    for (const { id, name } of await list(call, `${path}/_search`)) {
      applications[name] = (await list(call, `${path}/${id}/keys/_search`)).length;
    }
    found[project.name] = applications;
  }
  return found;
}
