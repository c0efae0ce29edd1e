import { execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { findPostgres, postgresUser } from './postgres-programs.ts';

/** A PostgreSQL with an empty database. */
export interface PostgresServer {
  /** `postgres://…` of the database. */
  readonly url: string;
  /** Takes it down at once, as a machine that fails; its data stays. */
  takeDown(): Promise<void>;
  /** Starts it again where it was. */
  bringUp(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL of this test's own, on a free port with fresh data.
 *
 * @throws Error when there is none on this machine, or with its output when it does not start.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'latchkey-postgres-'));
  chmodSync(scratch, 0o755);
  const user = postgresUser();
  const { folder } = findPostgres(scratch);
  const data = path.join(scratch, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (user) chownSync(data, user.uid, user.gid);
  // Inherited variables and folders may be ones that the other user must not read.
  const options = { cwd: scratch, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' }, ...user };
  const initdb = ['-D', data, '-U', 'latchkey', '--auth=trust', '--encoding=UTF8', '--no-sync'];
  execFileSync(path.join(folder, 'initdb'), initdb, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });

  const port = await freePort();
  // The data does not outlive the test, so it need not outlive a power cut.
  const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: '', fsync: 'off' };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const run = () => runPostgres(path.join(folder, 'postgres'), ['-D', data, ...flags], options, port);
  let running: RunningPostgres;
  try {
    running = await run();
  } catch (error) {
    rmSync(scratch, { recursive: true, force: true });
    throw error;
  }
  return {
    url: `postgres://latchkey@127.0.0.1:${port}/postgres`,
    takeDown: () => running.end('SIGQUIT'),
    bringUp: async () => {
      running = await run();
    },
    stop: async () => {
      await running.end('SIGINT');
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

interface RunningPostgres {
  /** SIGINT is a fast stop, which does not wait for its clients; SIGQUIT one without a goodbye. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** @throws Error with its output when it does not start. */
async function runPostgres(
  program: string,
  args: readonly string[],
  options: SpawnOptions,
  port: number,
): Promise<RunningPostgres> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  // Node may be killed without a stop; then nothing of ours must run on.
  const killed = () => child.kill('SIGKILL');
  process.once('exit', killed);
  const end = async (signal: NodeJS.Signals) => {
    process.off('exit', killed);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  };
  for (const until = Date.now() + 30_000; !(await accepts(port)); await pause(50)) {
    if (child.exitCode === null && Date.now() < until) continue;
    await end('SIGINT');
    throw new Error(`PostgreSQL did not start:\n${output}`);
  }
  return { end };
}

/** It listens only when it is ready to answer, apart from a moment of recovery that a fresh server does not have. */
function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
