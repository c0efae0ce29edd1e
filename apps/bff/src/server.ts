import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import { startBackground } from './background.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { clientErrorHandler } from './http/client-error.ts';
import { createLog } from './http/log.ts';
import { startMetricsServer } from './metrics/metrics-server.ts';
import { createSessionParts } from './session/session-parts.ts';
import { openStore } from './store/open-store.ts';
import { createZitadel } from './zitadel/client.ts';

/** A BFF that answers. */
export interface BffServer {
  readonly port: number;
  readonly metricsPort: number | undefined;
  /** Takes no new connection, lets running requests end, then closes the database. */
  stop(): Promise<void>;
}

export interface BffOptions {
  readonly clock?: Clock;
  readonly log?: Logger;
  readonly consoleFolder?: string;
}

// Both of src/server.ts and of the bundle dist/main.js, the built console is two folders up and one across.
const builtConsole = fileURLToPath(new URL('../../console/dist/', import.meta.url));

// A request that is still running after this long is cut off at a stop.
const stopPatience = 10_000;

/**
 * Opens the database, reads the keys and listens.
 *
 * @throws Error that says what an operator must mend: a file, a port, the database.
 */
export async function startBff(config: Config, options: BffOptions = {}): Promise<BffServer> {
  const log = options.log ?? createLog(config.logLevel);
  const store = await openStore(config.data, config.databaseUrl);
  const parts = await createSessionParts(config, store, options.clock ?? systemClock, log);
  const zitadel = createZitadel({ apiUrl: config.apiUrl, apiHost: config.apiHost });
  const app = createApp({ ...parts, zitadel, consoleFolder: options.consoleFolder ?? builtConsole });

  const limits = { requestTimeout: 15_000, headersTimeout: 10_000, keepAliveTimeout: 10_000, maxHeaderSize: 16_384 };
  const server = createServer(limits, app);
  server.on('clientError', clientErrorHandler(config.publicUrl));
  await listen(server, config.port, config.host);
  const metrics =
    config.metricsPort === undefined
      ? undefined
      : await startMetricsServer(parts.metrics, config.metricsPort, config.host);
  const background = startBackground(parts);
  return {
    port: (server.address() as AddressInfo).port,
    metricsPort: metrics?.port,
    async stop() {
      const cut = setTimeout(() => server.closeAllConnections(), stopPatience);
      await Promise.all([new Promise((resolve) => server.close(resolve)), background.stop(), metrics?.stop()]);
      clearTimeout(cut);
      await store.destroy();
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new Error(`PORT: ${port} is taken on ${host}; set PORT to another one`) : error);
    });
    server.listen(port, host, resolve);
  });
}
