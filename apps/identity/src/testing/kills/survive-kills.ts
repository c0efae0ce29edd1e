import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfiguration } from '../../config.ts';
import { choosePort } from '../../data/port.ts';
import { prepareInstance } from '../../seed/first-start.ts';
import { generatePeople } from '../../seed/generated/generate.ts';
import { openStore } from '../../store/open-store.ts';
import { digestTables, rebuildTables } from '../../store/rebuild.ts';
import { type Acknowledged, findLost, listRemovals, type Removal, removeUntilGone } from './removals.ts';
import { startProcess } from './server-process.ts';

export interface KillsReport {
  readonly kills: number;
  /** Removals that the server said were done. */
  readonly acknowledged: number;
  /** Of those, the ones of which no event or no effect was left. */
  readonly lost: readonly Acknowledged[];
  /** Tables that were not as the events say at the end. */
  readonly different: readonly string[];
}

const CLIENTS = 4;

/**
 * Lets clients remove factors and kills the server (SIGKILL) in the midst of it, again and again.
 *
 * @param options.entry the server's main file.
 * @param options.users how many people to make; about 1.2 factors each are there to be removed.
 * @throws Error when the server does not start again, or when there was nothing left to remove.
 */
export async function surviveKills(options: {
  readonly entry: string;
  readonly kills: number;
  readonly users: number;
  readonly progress?: (text: string) => void;
}): Promise<KillsReport> {
  const data = mkdtempSync(join(tmpdir(), 'latchkey-kills-'));
  try {
    return await run(data, options);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

async function run(data: string, options: Parameters<typeof surviveKills>[0]): Promise<KillsReport> {
  const { folder } = await makePeople(data, options.users);
  const list = await withStore(folder, listRemovals);
  const token = readFileSync(join(folder, 'admin.pat'), 'utf8');
  const acknowledged: Acknowledged[] = [];
  for (let kill = 1; kill <= options.kills; kill += 1) {
    acknowledged.push(...(await liveAndDie(options.entry, data, token, list)));
    if (list.length === 0) throw new Error('everything was removed before the last kill: more users are needed');
    options.progress?.(`${kill} of ${options.kills} kills, ${acknowledged.length} removals acknowledged`);
  }
  // It must come back by itself, and answer.
  const server = await startProcess(options.entry, data, await choosePort(0, '127.0.0.1'));
  acknowledged.push(...(await removeUntilGone(server.origin, token, list.splice(-20), () => {})));
  await server.end('SIGTERM');
  return withStore(folder, async (store) => {
    const before = await digestTables(store.db);
    await store.change((db) => rebuildTables(db));
    const after = await digestTables(store.db);
    return {
      kills: options.kills,
      acknowledged: acknowledged.length,
      lost: await findLost(store, acknowledged),
      different: Object.keys(after).filter((table) => after[table] !== before[table]),
    };
  });
}

async function makePeople(data: string, users: number) {
  const configuration = readConfiguration({ LATCHKEY_DATA: data, LATCHKEY_DEMO: 'none' });
  await prepareInstance(configuration, 'http://localhost:8080');
  await withStore(configuration.folder, (store) => generatePeople(store, { number: 1, users, progress: () => {} }));
  return configuration;
}

/** One life of the server: started, written to by all clients at once, killed at any moment. */
async function liveAndDie(entry: string, data: string, token: string, list: Removal[]): Promise<Acknowledged[]> {
  const server = await startProcess(entry, data, await choosePort(0, '127.0.0.1'));
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const clients = Array.from({ length: CLIENTS }, () => removeUntilGone(server.origin, token, list, begin));
  await Promise.race([begun, ...clients]);
  await pause(Math.random() * 400);
  await server.end('SIGKILL');
  return (await Promise.all(clients)).flat();
}

async function withStore<Result>(
  folder: string,
  work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<Result>,
): Promise<Result> {
  const store = await openStore(folder);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
