import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@latchkey/test-kit/free-port';
import { readConfig } from '../config.ts';
import { createLog } from '../http/log.ts';
import { type BffServer, startBff } from '../server.ts';
import { type OidcRig, type RigOptions, startOidcRig } from './oidc-rig.ts';
import { createTestDatabase } from './test-database.ts';

/** A BFF on a free port with fresh data, in front of an OpenID provider of its own. */
export interface TestBff {
  readonly publicUrl: string;
  readonly data: string;
  readonly rig: OidcRig;
  /** Everything that was logged. */
  readonly logged: string[];
  /** Milliseconds by which the BFF's clock is ahead. */
  advance(milliseconds: number): void;
  /** Starts the BFF again on the same data, after stopping it if need be. */
  restart(): Promise<void>;
  /** The variables it was started with: for another process on the same data. */
  readonly environment: Record<string, string>;
  stop(): Promise<void>;
}

export interface TestBffOptions extends Partial<Omit<RigOptions, 'folder' | 'publicUrl'>> {
  readonly environment?: Record<string, string>;
}

export async function startTestBff(options: TestBffOptions = {}): Promise<TestBff> {
  const data = mkdtempSync(join(tmpdir(), 'latchkey-bff-'));
  const port = await freePort();
  const publicUrl = `http://localhost:${port}`;
  const rig = await startOidcRig({ ...options, publicUrl, folder: data });
  const database = await createTestDatabase();
  const consoleFolder = writeConsole(data);
  const logged: string[] = [];
  let ahead = 0;
  const environment = {
    PORT: String(port),
    HOST: 'localhost',
    LATCHKEY_DATA: data,
    LATCHKEY_ISSUER: rig.issuer,
    LATCHKEY_CLIENT_KEY_FILE: rig.keyFile,
    LATCHKEY_LOG_LEVEL: 'debug',
    LATCHKEY_DATABASE_URL: database.url,
    LATCHKEY_RATE_SCALE: '1000',
    LATCHKEY_PUBLIC_URL: publicUrl,
    ...options.environment,
  };
  const config = readConfig(environment);
  const log = createLog('debug', { write: (line: string) => void logged.push(line) });
  const start = () => startBff(config, { clock: () => Date.now() + ahead, log, consoleFolder });
  let bff: BffServer = await start();
  return {
    publicUrl,
    data,
    rig,
    logged,
    environment,
    advance(milliseconds) {
      ahead += milliseconds;
    },
    async restart() {
      await bff.stop();
      bff = await start();
    },
    async stop() {
      await bff.stop();
      await rig.stop();
      await database.drop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** A page with one script, as a build leaves them. */
function writeConsole(data: string): string {
  const folder = join(data, 'console');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Latchkey</title>');
  writeFileSync(join(folder, 'assets', 'index-abc123.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'index-abc123.js.br'), 'brotli');
  return folder;
}
