import { pino } from 'pino';
import { loginContext } from './commands/context.ts';
import { terminateSession } from './commands/sessions/sessions.ts';
import { readInstance } from './commands/set-up-instance.ts';
import type { IdentityConfiguration } from './config.ts';
import { openDataFolder } from './data/folder.ts';
import { loadKeys } from './data/keys.ts';
import { choosePort } from './data/port.ts';
import { createFallback } from './fallback.ts';
import { createProvider } from './oidc/provider.ts';
import { openTokenDatabase, sweepTokens } from './oidc/storage/token-database.ts';
import { createTokenSets } from './oidc/storage/token-sets.ts';
import { createStoreDirectory } from './oidc/store-directory.ts';
import { createAccessTokenResolver } from './oidc/tokens/resolve-access-token.ts';
import { createSigner } from './oidc/tokens/signer.ts';
import { createApi } from './rpc/api.ts';
import { followConsole } from './seed/console-application.ts';
import { prepareInstance } from './seed/first-start.ts';
import { createSignInCheck } from './sign-in/check-session.ts';
import { openStore } from './store/open-store.ts';
import { createDoors } from './transport/doors.ts';

/** A running identity server. */
export interface IdentityServer {
  /** `http://localhost:<port>`, also the issuer. */
  readonly origin: string;
  /** Takes no more requests, lets running ones finish, then closes the databases. */
  stop(): Promise<void>;
}

/**
 * Starts the server: everything it is made of, in order.
 *
 * @throws PortTaken when something else listens on the port.
 */
export async function startIdentity(configuration: IdentityConfiguration): Promise<IdentityServer> {
  const log = pino({ name: 'identity', level: configuration.logLevel });
  const port = await choosePort(configuration.port, configuration.host);
  const origin = `http://localhost:${port}`;
  await prepareInstance(configuration, origin);
  const folder = openDataFolder(configuration.folder);
  const keys = await loadKeys(folder);
  const store = await openStore(folder.path);
  const tokens = await openTokenDatabase(folder.file('tokens.db'));
  await followConsole(store, folder, configuration.publicUrl);
  const { projectId } = await readInstance(store);
  const directory = createStoreDirectory(store.db, projectId);
  const desk = { directory, tokenSets: createTokenSets(tokens), signer: await createSigner(origin, keys.signing) };
  const provider = createProvider({
    issuer: origin,
    signingKeys: keys.signing,
    cookieKeys: keys.cookies,
    vault: store.vault,
    tokens,
    desk,
    checkSignIn: createSignInCheck(store.db),
    endSession: async (sessionId) => {
      await terminateSession(loginContext(store), { sessionId });
    },
  });
  provider.on('server_error', (_ctx, error) => log.error({ err: error }, 'OIDC'));
  const doors = createDoors({
    ...createApi({
      store,
      resolveAccessToken: createAccessTokenResolver(provider, desk),
      log: (error) => log.error({ err: error }, 'API'),
    }),
    fallback: createFallback({ provider, store, origin, log }),
    hostAllowed: isOwnHost,
  });
  await doors.listen(port, configuration.host);
  const sweep = setInterval(() => void sweepTokens(tokens), 3_600_000).unref();
  await sweepTokens(tokens);
  log.info({ origin }, 'listening');
  return {
    origin,
    async stop() {
      clearInterval(sweep);
      await doors.close();
      await tokens.destroy();
      await store.close();
    },
  };
}

/** The names under which this machine reaches itself. */
function isOwnHost(host: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(host.replace(/:\d+$/, ''));
}
