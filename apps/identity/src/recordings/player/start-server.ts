import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A server of our own, on a free port, with a folder of its own. */
export interface OwnServer {
  readonly base: string;
  /** What is in admin.pat. */
  readonly token: string;
  /** Stops it and throws its data away. */
  stop(): Promise<void>;
}

// `npm test` has just built it, and says so.
const ENTRY =
  process.env.LATCHKEY_TEST_BUILT === '1'
    ? [fileURLToPath(new URL('../../../dist/main.js', import.meta.url))]
    : ['--import', 'tsx', fileURLToPath(new URL('../../main.ts', import.meta.url))];
const START_MS = 60_000;

/**
 * Starts the identity server as it is in this tree, with no demo data.
 *
 * @throws Error with what it said when it ends, or is not ready after a minute
 */
export async function startServer(): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-replay-'));
  const port = await freePort();
  const child = spawn(process.execPath, ENTRY, {
    env: { ...process.env, IDENTITY_PORT: String(port), LATCHKEY_DATA: folder, LATCHKEY_DEMO: 'none' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  const base = `http://localhost:${port}`;
  const stop = async (): Promise<void> => {
    const ended = child.exitCode !== null || child.signalCode !== null ? undefined : once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(base, () => child.exitCode !== null);
    return { base, token: readFileSync(join(folder, 'identity', 'admin.pat'), 'utf8').trim(), stop };
  } catch (cause) {
    await stop();
    throw new Error(`the identity server did not start:\n${said}`, { cause });
  }
}

async function untilReady(base: string, hasEnded: () => boolean): Promise<void> {
  for (const end = Date.now() + START_MS; Date.now() < end && !hasEnded(); await pause(100)) {
    const response = await fetch(`${base}/debug/ready`).catch(() => undefined);
    if (response?.ok) return;
  }
  throw new Error(hasEnded() ? 'it ended' : 'not ready after a minute');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('no free port');
  return address.port;
}
