import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { appEntry } from '@latchkey/test-kit/app-entry';
import { freePort } from '@latchkey/test-kit/free-port';

/** A BFF in a process of its own. */
export interface BffProcess {
  readonly url: string;
  /** What it wrote so far, on both streams. */
  output(): string;
  /** SIGKILL: nothing that runs comes to an end. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/**
 * Starts it and waits until it answers.
 *
 * @param environment without `PORT`. @param port a free one is chosen if it is not given.
 * @throws Error with its output when it exits instead.
 */
export async function startBffProcess(environment: Record<string, string>, port?: number): Promise<BffProcess> {
  const chosen = port ?? (await freePort());
  const url = `http://127.0.0.1:${chosen}`;
  const { child, output } = spawnBff({ ...environment, PORT: String(chosen) });
  while (!(await isUp(url))) {
    if (child.exitCode !== null) throw new Error(`exited with ${child.exitCode}: ${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    output,
    async kill() {
      await end(child, 'SIGKILL');
    },
    stop: () => end(child, 'SIGTERM'),
  };
}

/** Runs it until it exits by itself: for starts that must fail. */
export async function runBffProcess(environment: Record<string, string>) {
  const { child, output } = spawnBff(environment);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output: output() };
}

function spawnBff(environment: Record<string, string>) {
  const child = spawn(process.execPath, appEntry('bff'), {
    cwd: root,
    env: { PATH: process.env.PATH, ...environment, HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      output += data.toString();
    });
  }
  return { child, output: () => output };
}

async function isUp(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    (response) => response.ok,
    () => false,
  );
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return ended;
}
