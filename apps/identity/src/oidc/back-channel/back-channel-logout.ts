import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { TokenDesk } from '../tokens/issue-tokens.ts';
import { deliverNotice } from './deliver-notice.ts';
import { logoutClaims } from './logout-token.ts';
import type { NoticeQueue, QueuedNotice } from './notice-queue.ts';
import type { LogoutSchedule } from './schedule.ts';

/** Tells applications of sign-ins that ended. */
export interface BackChannelLogout {
  /** Takes up what waited when the last process ended. */
  resume(): Promise<void>;
  /** Looks for sessions that ended since the last look, and tells their applications in the background. */
  look(): Promise<void>;
  /** Waits for the attempts under way. What would be tried again waits on disk. */
  stop(): Promise<void>;
}

/** What back-channel logout is made of. */
export interface BackChannelParts {
  readonly desk: TokenDesk;
  readonly queue: NoticeQueue;
  /** Sessions that ended after the event at a position, and the position of the last event looked at. */
  readonly ended: EndedSessions;
  readonly schedule: LogoutSchedule;
  readonly fault: (error: unknown) => void;
}

export type EndedSessions = (
  after: number,
) => Promise<{ readonly position: number; readonly sessionIds: readonly string[] }>;

/**
 * One notice for each exchange of a code in the session, whichever way the session ended. A lock, a changed password or a
 * revoked token end no session, so nobody is told.
 */
export function createBackChannelLogout(parts: BackChannelParts): BackChannelLogout {
  const { desk, queue, ended } = parts;
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  let position: number | undefined;
  let looking: Promise<void> = Promise.resolve();
  let isDue = false;

  function begin(notice: QueuedNotice): void {
    const telling = tell(parts, notice, stopping.signal)
      .catch(parts.fault)
      .finally(() => running.delete(telling));
    running.add(telling);
  }

  async function beginHere(): Promise<number> {
    const last = await desk.directory.lastPosition();
    await queue.add([], last);
    return last;
  }

  async function lookOnce(): Promise<void> {
    isDue = false;
    position ??= (await queue.position()) ?? (await beginHere());
    const news = await ended(position);
    if (news.sessionIds.length === 0) return;
    const notices = (await Promise.all(news.sessionIds.map((sessionId) => noticesOf(desk, sessionId)))).flat();
    await queue.add(notices, news.position);
    position = news.position;
    for (const notice of notices) begin(notice);
  }

  return {
    async resume() {
      for (const notice of await queue.waiting()) begin(notice);
    },
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

async function noticesOf({ directory, tokenSets }: TokenDesk, sessionId: string): Promise<readonly QueuedNotice[]> {
  const sets = await tokenSets.ofSession(sessionId);
  const notices = await Promise.all(
    sets.map(async ({ client_id, user_id }) => {
      const uri = (await directory.application(client_id))?.config.backChannelLogoutUri;
      const notice = { id: randomUUID(), client_id, user_id, session_id: sessionId, attempts: 0, due_at: Date.now() };
      return uri ? [{ ...notice, uri }] : [];
    }),
  );
  return notices.flat();
}

/** Attempts until one is final. Each is written down after its answer: one that was cut off is made again. */
async function tell(parts: BackChannelParts, first: QueuedNotice, stopped: AbortSignal): Promise<void> {
  const { desk, queue, schedule } = parts;
  for (let notice = first; ; ) {
    await wait(Math.max(0, notice.due_at - Date.now()), undefined, { signal: stopped }).catch(() => undefined);
    if (stopped.aborted) return;
    const token = await desk.signer.sign(logoutClaims(notice, Date.now()));
    const answer = await deliverNotice(notice.uri, token, schedule.timeout);
    const pause = schedule.pauses[notice.attempts];
    if (answer !== 'retry' || pause === undefined) return await queue.remove(notice.id);
    notice = { ...notice, attempts: notice.attempts + 1, due_at: Date.now() + pause };
    await queue.postpone(notice);
  }
}
