import { pino } from 'pino';
import type { IdentityConfiguration } from './config.ts';
import { openDataFolder } from './data/folder.ts';
import { lockFolder } from './data/folder-lock.ts';
import { loadKeys } from './data/keys.ts';
import { openLaggingReads } from './data/lagging-reads.ts';
import { observeChanges } from './data/observe-changes.ts';
import { choosePort } from './data/port.ts';
import { createFallback } from './fallback.ts';
import { openMailDoor } from './mail/mail-door.ts';
import { openOidc } from './oidc/open-oidc.ts';
import { renderPage } from './pages/frame/document.ts';
import { linkTemplates } from './pages/links/link-paths.ts';
import { ENDED } from './pages/sign-in/plain-pages.ts';
import { createApi } from './rpc/api.ts';
import { followConsole } from './seed/console-application.ts';
import { prepareInstance } from './seed/first-start.ts';
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
 * @throws FolderInUse when another server, or a command, has the data.
 */
export async function startIdentity(configuration: IdentityConfiguration): Promise<IdentityServer> {
  // Standard output is for what the person who starts it reads.
  const log = pino({ name: 'identity', level: configuration.logLevel }, pino.destination({ fd: 2, sync: true }));
  const port = await choosePort(configuration.port, configuration.host);
  const origin = `http://localhost:${port}`;
  await prepareInstance(configuration, origin);
  const folder = openDataFolder(configuration.folder);
  const release = await lockFolder(folder);
  const keys = await loadKeys(folder);
  const store = observeChanges(await openStore(folder.path));
  await followConsole(store, folder, configuration.publicUrl);
  const oidc = await openOidc({
    ...configuration,
    issuer: origin,
    store,
    keys,
    log,
    tokenFile: folder.file('tokens.db'),
    endedPage: renderPage(ENDED),
  });
  store.onChange(oidc.afterChange);
  const lagging =
    configuration.readsLag > 0 ? await openLaggingReads(folder.file('identity.db'), configuration.readsLag) : undefined;
  const doors = createDoors({
    ...createApi({
      store,
      ...(lagging && { readsFrom: lagging.db }),
      resolveAccessToken: oidc.resolveAccessToken,
      links: linkTemplates(origin),
      log: (error) => log.error({ err: error }, 'API'),
    }),
    fallback: createFallback({
      provider: oidc.provider,
      store,
      origin,
      log,
      publicUrl: configuration.publicUrl,
    }),
    hostAllowed: isOwnHost,
  });
  const mail = await openMailDoor({ store, folder, log });
  await doors.listen(port, configuration.host);
  log.info({ origin }, 'listening');
  return {
    origin,
    async stop() {
      await doors.close();
      await mail.close();
      await oidc.close();
      await lagging?.close();
      await store.close();
      await release();
    },
  };
}

/** The names under which this machine reaches itself. */
function isOwnHost(host: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(host.replace(/:\d+$/, ''));
}
