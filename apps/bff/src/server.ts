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
import { measureQueues } from './metrics/measure-queues.ts';
import { startMetricsServer } from './metrics/metrics-server.ts';
import { createNoticeParts } from './notices/notice-parts.ts';
import { freeCases } from './reset/case/free-cases.ts';
import { createRuns } from './reset/run/runs.ts';
import { createServiceAccount } from './service-account/service-account.ts';
import { ProviderError } from './session/provider/provider-error.ts';
import { createSessionParts, type SessionParts } from './session/session-parts.ts';
import { openStore } from './store/open-store.ts';
import { startTracing } from './tracing/start-tracing.ts';
import { createWebhookParts } from './webhook/tell-receiver.ts';
import { createZitadel } from './zitadel/client.ts';

/** A BFF that answers. */
export interface BffServer {
  readonly port: number;
  readonly metricsPort: number | undefined;
  /** Takes no new connection, lets running requests and the present steps of resets end, then closes the database. */
  stop(): Promise<void>;
}

export interface BffOptions {
  readonly clock?: Clock;
  readonly log?: Logger;
  readonly consoleFolder?: string;
}

// Both of src/server.ts and of the bundle dist/main.js, the built console is two folders up and one across.
const builtConsole = fileURLToPath(new URL('../../console/dist/', import.meta.url));

// Without an interval of their own the first two are looked after every half minute only.
const connectionLimits = {
  requestTimeout: 15_000,
  headersTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 10_000,
  maxHeaderSize: 16_384,
};

// How long a start waits for ZITADEL to say who it is.
const providerPatience = 3_000;

// A request that is still running after this long is cut off at a stop.
const stopPatience = 10_000;

/**
 * Opens the database, reads the keys and listens.
 *
 * @throws Error that says what an operator must mend: a file, a port, the database.
 */
export async function startBff(config: Config, options: BffOptions = {}): Promise<BffServer> {
  const log = options.log ?? createLog(config.logLevel);
  const tracing = config.tracing ? await startTracing(log) : undefined;
  const store = await openStore(config.data, config.databaseUrl);
  if (config.databaseUrl === undefined) await freeCases(store);
  const parts = await createSessionParts(config, store, options.clock ?? systemClock, log);
  await refuseWrongProvider(parts);
  const zitadel = createZitadel({ apiUrl: config.apiUrl, apiHost: config.apiHost });
  const notices = createNoticeParts(parts, createServiceAccount(config, zitadel, parts.log));
  const webhook = createWebhookParts(parts);
  measureQueues(parts.metrics.registry, store, webhook !== undefined);
  const runs = createRuns();
  const app = createApp({ ...parts, zitadel, notices, runs, consoleFolder: options.consoleFolder ?? builtConsole });

  const server = createServer(connectionLimits, app);
  server.on('clientError', clientErrorHandler(config.publicUrl));
  await listen(server, config.port, config.host);
  const metrics =
    config.metricsPort === undefined
      ? undefined
      : await startMetricsServer(parts.metrics, config.metricsPort, config.metricsHost);
  const background = startBackground({ ...parts, notices, webhook });
  return {
    port: (server.address() as AddressInfo).port,
    metricsPort: metrics?.port,
    async stop() {
      const cut = setTimeout(() => server.closeAllConnections(), stopPatience);
      const closed = new Promise((resolve) => server.close(resolve));
      await Promise.all([closed, runs.stop(), background.stop(), metrics?.stop()]);
      clearTimeout(cut);
      await store.destroy();
      await tracing?.stop();
    },
  };
}

/**
 * Looks at ZITADEL once before anybody can sign in. That it cannot be reached is no reason not to start, nor that it does
 * not know our key yet; that it is another one, or would take us without a key, is.
 */
async function refuseWrongProvider({ provider, log }: SessionParts): Promise<void> {
  const patienceEnds = new Promise<void>((resolve) => setTimeout(resolve, providerPatience).unref());
  try {
    await Promise.race([provider.check(), patienceEnds]);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const passing = error.kind === 'unavailable' || error.kind === 'refused' || error.error === 'invalid_client';
    if (!passing) throw error;
    log.error({ reason: error.message }, 'ZITADEL is not ready; starting without it');
  }
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
