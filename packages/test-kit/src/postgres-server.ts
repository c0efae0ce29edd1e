import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
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
  const child = spawn(path.join(folder, 'postgres'), ['-D', data, ...flags], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  // Node may be killed without a stop; then nothing of ours must run on.
  const killed = () => child.kill('SIGKILL');
  process.once('exit', killed);
  const stop = async () => {
    process.off('exit', killed);
    await end(child);
    rmSync(scratch, { recursive: true, force: true });
  };
  for (const until = Date.now() + 30_000; !(await accepts(port)); await pause(50)) {
    if (child.exitCode === null && Date.now() < until) continue;
    await stop();
    throw new Error(`PostgreSQL did not start:\n${output}`);
  }
  return { url: `postgres://latchkey@127.0.0.1:${port}/postgres`, stop };
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

/** SIGINT is a fast stop: it does not wait for its clients. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await gone;
}
