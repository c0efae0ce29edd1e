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
import { prepareSecondClient, type SecondClient } from './second-client.ts';
import { startProcess } from './server-process.ts';

export interface KillsReport {
  readonly kills: number;
  /** Removals that the server said were done. */
  readonly acknowledged: number;
  /** Of those, the ones of which no event or no effect was left. */
  readonly lost: readonly Acknowledged[];
  /** Other changes that the server said were done, by kind, and those of them that were not there afterwards. */
  readonly changes: SecondClient['acknowledged'];
  readonly lostChanges: readonly string[];
  /** Tables that were not as the events say at the end. */
  readonly different: readonly string[];
}

const CLIENTS = 4;

/**
 * Lets clients remove factors, and one more change everything else, and kills the server (SIGKILL) in the midst of it,
 * again and again.
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
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const [token, loginClient] = [read('admin.pat'), read('login-client.pat')];
  const second = await withStore(folder, (store) => prepareSecondClient(store, { owner: token, loginClient }));
  const acknowledged: Acknowledged[] = [];
  for (let kill = 1; kill <= options.kills; kill += 1) {
    acknowledged.push(...(await liveAndDie(options.entry, data, token, list, second)));
    if (list.length === 0) throw new Error('everything was removed before the last kill: more users are needed');
    options.progress?.(`${kill} of ${options.kills} kills, ${acknowledged.length} removals acknowledged`);
  }
  // It must come back by itself, and answer.
  const server = await startProcess(options.entry, data, await choosePort(0, '127.0.0.1'));
  try {
    acknowledged.push(...(await removeUntilGone(server.origin, token, list.splice(-20), () => {})));
    await second.comeBack(server.origin);
    await second.lookAtAll();
  } finally {
    await server.end('SIGTERM');
  }
  return withStore(folder, async (store) => {
    const before = await digestTables(store.db);
    await store.change((db) => rebuildTables(db));
    const after = await digestTables(store.db);
    return {
      kills: options.kills,
      acknowledged: acknowledged.length,
      lost: await findLost(store, acknowledged),
      changes: second.acknowledged,
      lostChanges: [...second.lost],
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

/** One life of the server: started, looked at, written to by all clients at once, killed at any moment. */
async function liveAndDie(
  entry: string,
  data: string,
  token: string,
  list: Removal[],
  second: SecondClient,
): Promise<Acknowledged[]> {
  const server = await startProcess(entry, data, await choosePort(0, '127.0.0.1'));
  try {
    await second.comeBack(server.origin);
    const [removed, changed] = [signal(), signal()];
    const clients = Promise.all([
      second.changeUntilGone(changed.give),
      ...Array.from({ length: CLIENTS }, () => removeUntilGone(server.origin, token, list, removed.give)),
    ]);
    await Promise.race([Promise.all([removed.given, changed.given]), clients]);
    await pause(Math.random() * 400);
    await server.end('SIGKILL');
    const [, ...acknowledged] = await clients;
    return acknowledged.flat();
  } finally {
    // Also when a client was refused something.
    await server.end('SIGKILL');
  }
}

function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { give, given };
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
