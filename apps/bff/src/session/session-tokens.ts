import { Problem } from '../http/problem.ts';
import type { AccessTokens } from './access-tokens.ts';
import { refreshSession, reopen } from './refresh-session.ts';
import type { SessionParts } from './session-parts.ts';
import type { OpenSession } from './session-record.ts';
import { endSession } from './sign-out/end-session.ts';

// Refreshed this long before it ends, so that a call does not arrive with a token that has just died; but a short-lived
// one not before two thirds of its life, or every call would refresh.
const refreshAhead = 60_000;

const underway = new Map<string, Promise<OpenSession>>();

/** The access tokens of one session during one request. */
export function createAccessTokens(parts: SessionParts, session: OpenSession): AccessTokens {
  let latest = session;
  const replacements = new Set<string>();
  return {
    async current() {
      const { accessToken, accessFrom, accessEndsAt } = latest.content.tokens;
      const ahead = Math.min(refreshAhead, (accessEndsAt - accessFrom) / 3);
      if (accessEndsAt - ahead > parts.clock()) return accessToken;
      latest = await refreshOnce(parts, latest);
      return latest.content.tokens.accessToken;
    },
    async replace(rejected) {
      latest = await reopen(parts, latest);
      if (latest.content.tokens.accessToken === rejected) {
        if (replacements.has(rejected)) await endRefused(parts, latest);
        latest = await refreshOnce(parts, latest);
      }
      const { accessToken } = latest.content.tokens;
      // ZITADEL could not be asked for another one: no reason to call the session over.
      if (accessToken === rejected) throw new Problem('upstream_unavailable');
      replacements.add(accessToken);
      return accessToken;
    },
  };
}

/** A token that has just been issued is refused: nothing more can be had with this session, at ZITADEL as here. */
async function endRefused(parts: SessionParts, session: OpenSession): Promise<never> {
  parts.log.warn({ subject: session.row.subject }, 'a new access token was refused');
  await endSession(parts, session, 'tokensAndSession');
  throw new Problem('session_expired');
}

/** One refresh per token set in this process; between processes the lease sees to it. */
async function refreshOnce(parts: SessionParts, session: OpenSession): Promise<OpenSession> {
  const key = `${session.row.id_hash}|${session.row.version}`;
  const running = underway.get(key);
  if (running) return running;
  const refresh = refreshSession(parts, session).finally(() => underway.delete(key));
  underway.set(key, refresh);
  return refresh;
}
