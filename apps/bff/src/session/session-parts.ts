import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { createMetrics, type Metrics } from '../metrics/metrics.ts';
import type { Store } from '../store/open-store.ts';
import { traceProvider } from '../tracing/trace-provider.ts';
import { readClientIdentity } from './provider/client-authentication.ts';
import { createIdentityProvider, type IdentityProvider } from './provider/identity-provider.ts';
import { openServerKeys } from './vault/server-keys.ts';
import { createVault, type Vault } from './vault/vault.ts';

/** What the session room works with, put together once. */
export interface SessionParts {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly provider: IdentityProvider;
  /** Opens with the browser's half of the key. */
  readonly sessionVault: Vault;
  readonly metrics: Metrics;
  /** For tokens that wait to be revoked; its key lies in a file of its own. */
  readonly signOutVault: Vault;
}

/**
 * Reads the client's key and the server keys; the latter are made at the first start.
 *
 * @throws Error naming the file that is not as it should be.
 */
export async function createSessionParts(
  config: Config,
  store: Store,
  clock: Clock,
  log: Logger,
): Promise<SessionParts> {
  const identity = await readClientIdentity(config.client);
  const folder = join(config.data, 'bff');
  return {
    config,
    store,
    clock,
    log,
    metrics: createMetrics(store, clock),
    provider: traceProvider(createIdentityProvider(config.issuer, identity, clock)),
    sessionVault: createVault(openServerKeys(folder, 'session-keys.json'), 'session'),
    signOutVault: createVault(openServerKeys(folder, 'sign-out-keys.json'), 'sign-out'),
  };
}
