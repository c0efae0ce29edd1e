import type { JWK } from 'jose';
import type { Provider } from 'oidc-provider';
import type { Logger } from 'pino';
import { loginContext } from '../commands/context.ts';
import { terminateSession } from '../commands/sessions/sessions.ts';
import { readInstance } from '../commands/set-up-instance.ts';
import type { ResolveAccessToken } from '../rpc/access/authenticate.ts';
import { createSignInCheck } from '../sign-in/check-session.ts';
import type { Store } from '../store/open-store.ts';
import { createBackChannelLogout } from './back-channel/back-channel-logout.ts';
import { createNoticeQueue } from './back-channel/notice-queue.ts';
import { LOGOUT_SCHEDULE, type LogoutSchedule } from './back-channel/schedule.ts';
import { createProvider } from './provider.ts';
import { openTokenDatabase, sweepTokens } from './storage/token-database.ts';
import { createTokenSets } from './storage/token-sets.ts';
import { createStoreDirectory, endedSessions } from './store-directory.ts';
import { createAccessTokenResolver } from './tokens/resolve-access-token.ts';
import { createSigner } from './tokens/signer.ts';
import type { RenderedPage } from './zitadel-errors.ts';

const HOUR = 3_600_000;

/** The OIDC room, in working order. */
export interface Oidc {
  readonly provider: Provider;
  readonly resolveAccessToken: ResolveAccessToken;
  /** To be called after each change of the store: sessions may have ended. */
  afterChange(): void;
  close(): Promise<void>;
}

/** What OIDC is opened with. */
export interface OidcSettings {
  /** Origin of this server. */
  readonly issuer: string;
  readonly store: Store;
  readonly keys: { readonly signing: readonly JWK[]; readonly cookies: readonly string[] };
  /** SQLite file of codes and tokens. */
  readonly tokenFile: string;
  readonly log: Logger;
  /** Milliseconds between finding a code or refresh token and replacing it, in which another may do the same. */
  readonly refreshPause: number;
  readonly endedPage: RenderedPage;
  /** Of back-channel logout; default: as a real server's. */
  readonly logoutSchedule?: LogoutSchedule;
}

/** Opens the database of tokens and puts the parts together. */
export async function openOidc({ issuer, store, keys, log, ...settings }: OidcSettings): Promise<Oidc> {
  const tokens = await openTokenDatabase(settings.tokenFile);
  const { projectId } = await readInstance(store);
  const desk = {
    directory: createStoreDirectory(store.db, projectId),
    tokenSets: createTokenSets(tokens),
    signer: await createSigner(issuer, keys.signing),
    refreshPause: settings.refreshPause,
  };
  const fault = (error: unknown) => log.error({ err: error }, 'OIDC');
  const backChannel = createBackChannelLogout({
    desk,
    queue: createNoticeQueue(tokens),
    ended: (after) => endedSessions(store.db, after),
    schedule: settings.logoutSchedule ?? LOGOUT_SCHEDULE,
    fault,
  });
  const provider = createProvider({
    issuer,
    signingKeys: keys.signing,
    cookieKeys: keys.cookies,
    vault: store.vault,
    endedPage: settings.endedPage,
    tokens,
    desk,
    checkSignIn: createSignInCheck(store.db),
    endSession: async (sessionId) => {
      await terminateSession(loginContext(store), { sessionId });
    },
  });
  provider.on('server_error', (_ctx, error) => fault(error));
  // Koa's own writes to the console. What is to be shown to the sender is the sender's fault.
  provider.onerror = (error) => {
    if (!('expose' in error && error.expose)) fault(error);
  };
  await sweepTokens(tokens);
  await backChannel.resume();
  await backChannel.look();
  const sweep = setInterval(() => void sweepTokens(tokens).catch(fault), HOUR).unref();
  return {
    provider,
    resolveAccessToken: createAccessTokenResolver(provider, desk),
    afterChange: () => void backChannel.look().catch(fault),
    async close() {
      clearInterval(sweep);
      await backChannel.stop();
      await tokens.destroy();
    },
  };
}
