import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { OidcDirectory } from '../directory.ts';
import type { TokenDesk } from '../tokens/issue-tokens.ts';
import { deliverNotice } from './deliver-notice.ts';
import { type LogoutNotice, logoutClaims } from './logout-token.ts';

/** Milliseconds before the second and the third attempt, as seen on a real server. */
export const RETRY_DELAYS: readonly number[] = [1_600, 17_000];

/** Tells applications of sign-ins that ended. */
export interface BackChannelLogout {
  /** Looks for sessions that ended since the last look, and tells their applications in the background. */
  look(): Promise<void>;
  /** Waits for what is being told, without further attempts. */
  stop(): Promise<void>;
}

/**
 * One notice for each exchange of a code in the session, whichever way the session ended. A lock, a changed password or a
 * revoked token end no session, so nobody is told.
 *
 * @param ended sessions that ended after the event at a position, and the position of the last event looked at.
 */
export function createBackChannelLogout(
  desk: TokenDesk,
  ended: EndedSessions,
  delays: readonly number[] = RETRY_DELAYS,
): BackChannelLogout {
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  let position: number | undefined;
  let looking: Promise<void> = Promise.resolve();
  let isDue = false;

  async function lookOnce(): Promise<void> {
    isDue = false;
    position ??= await desk.directory.lastPosition();
    const news = await ended(position);
    position = news.position;
    for (const sessionId of news.sessionIds) {
      for (const notice of await noticesOf(desk, sessionId)) {
        const telling = tell(desk, notice, delays, stopping.signal).finally(() => running.delete(telling));
        running.add(telling);
      }
    }
  }

  return {
    look() {
      // Many changes in a row need one look, after the one that is under way.
      if (!isDue) {
        isDue = true;
        looking = looking.catch(() => undefined).then(lookOnce);
      }
      return looking;
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled([looking, ...running]);
    },
  };
}

export type EndedSessions = (
  after: number,
) => Promise<{ readonly position: number; readonly sessionIds: readonly string[] }>;

type Addressed = LogoutNotice & { readonly uri: string };

async function noticesOf({ directory, tokenSets }: TokenDesk, sessionId: string): Promise<readonly Addressed[]> {
  const sets = await tokenSets.ofSession(sessionId);
  const notices = await Promise.all(
    sets.map(async ({ client_id: clientId, user_id: userId }) => {
      const uri = await addressOf(directory, clientId);
      return uri ? [{ uri, clientId, userId, sessionId, id: randomUUID() }] : [];
    }),
  );
  return notices.flat();
}

async function addressOf(directory: OidcDirectory, clientId: string): Promise<string | undefined> {
  const application = await directory.application(clientId);
  return application?.config.backChannelLogoutUri || undefined;
}

async function tell(
  { signer }: TokenDesk,
  notice: Addressed,
  delays: readonly number[],
  stopped: AbortSignal,
): Promise<void> {
  for (const delay of [...delays, undefined]) {
    const answer = await deliverNotice(notice.uri, await signer.sign(logoutClaims(notice, Date.now())));
    if (answer !== 'retry' || delay === undefined || stopped.aborted) return;
    await wait(delay, undefined, { signal: stopped }).catch(() => undefined);
    if (stopped.aborted) return;
  }
}
