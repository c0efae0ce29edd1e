import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** A server in a process of its own, which can be killed. */
export interface ServerProcess {
  readonly origin: string;
  /** Ends it, and waits until it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/**
 * Starts the server and waits until it is ready.
 *
 * @param entry path of its main file: as it is in the source, or built.
 * @param data `LATCHKEY_DATA`.
 * @throws Error with what it said when it ends or is not ready within a minute.
 */
export async function startProcess(entry: string, data: string, port: number): Promise<ServerProcess> {
  const loader = entry.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const child = spawn(process.execPath, [...loader, entry], {
    env: { ...process.env, LATCHKEY_DATA: data, LATCHKEY_DEMO: 'none', IDENTITY_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  const origin = `http://localhost:${port}`;
  for (const last = Date.now() + 60_000; Date.now() < last && !hasEnded(child); await pause(50)) {
    const response = await fetch(`${origin}/debug/ready`).catch(() => undefined);
    if (response?.ok) return { origin, end: (signal) => end(child, signal) };
  }
  await end(child, 'SIGKILL');
  throw new Error(`the server did not become ready:\n${said}`);
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (hasEnded(child)) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
