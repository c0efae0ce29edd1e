import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppProcess } from '@latchkey/test-kit/app-process';
import { freePort } from '@latchkey/test-kit/free-port';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The generated people's number. */
export const NUMBER = 1;

/** Data of so many people, made once and kept: a million takes minutes. */
export function dataOf(users: number): { readonly data: string; readonly folder: string } {
  const data = join(root, '.cache', 'bench', `identity-${users}`);
  const tool = join(root, 'apps/identity/dist/data.js');
  execFileSync(process.execPath, [tool, 'generate', '--users', `${users}`, '--number', `${NUMBER}`, '--data', data], {
    env: { ...process.env, LATCHKEY_DEMO: 'none' },
    stdio: ['ignore', 'inherit', 'ignore'],
  });
  return { data, folder: join(data, 'identity') };
}

/** A running identity server on such data. */
export interface BenchServer {
  readonly origin: string;
  readonly token: string;
  /** Megabytes that the process holds in memory (resident set), where the system tells. */
  memory(): number;
  stop(): Promise<void>;
}

export async function startServer(data: string): Promise<BenchServer> {
  const port = await freePort();
  const server = new AppProcess('identity', join(root, 'apps/identity/dist/main.js'), {
    LATCHKEY_DATA: data,
    LATCHKEY_DEMO: 'none',
    IDENTITY_PORT: String(port),
  });
  await server.ready(`http://127.0.0.1:${port}/debug/ready`);
  return {
    origin: `http://127.0.0.1:${port}`,
    token: readFileSync(join(data, 'identity', 'admin.pat'), 'utf8').trim(),
    memory() {
      try {
        const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
        return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
      } catch {
        return Number.NaN;
      }
    },
    stop: () => server.stop(),
  };
}
