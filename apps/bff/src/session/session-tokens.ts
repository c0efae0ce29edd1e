import { describeError } from '../http/describe-error.ts';
import { Problem } from '../http/problem.ts';
import type { AccessTokens } from './access-tokens.ts';
import { ProviderError } from './provider/provider-error.ts';
import type { SessionParts } from './session-parts.ts';
import { type OpenSession, openSession } from './session-record.ts';
import { readSession } from './session-store.ts';
import { signOut } from './sign-out/sign-out.ts';
import { releaseLease, storeRefreshed, takeLease } from './token-lease.ts';

// Refreshed this long before it ends, so that a call does not arrive with a token that has just died; but a short-lived
// one not before two thirds of its life, or every call would refresh.
const refreshAhead = 60_000;
const pollInterval = 40;
const longestWait = 10_000;

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
async function endRefused(parts: SessionParts, { row, content }: OpenSession): Promise<never> {
  parts.log.warn({ subject: row.subject }, 'a new access token was refused');
  await signOut(parts, content.tokens, 'tokensAndSession', { idHash: row.id_hash });
  throw new Problem('session_expired');
}

/** One refresh per token set in this process; between processes the lease sees to it. */
async function refreshOnce(parts: SessionParts, session: OpenSession): Promise<OpenSession> {
  const key = `${session.row.id_hash}|${session.row.version}`;
  const running = underway.get(key);
  if (running) return running;
  const refresh = refreshLeased(parts, session).finally(() => underway.delete(key));
  underway.set(key, refresh);
  return refresh;
}

/**
 * Refreshes under the lease, or waits for whoever holds it. ZITADEL answers two parallel refreshes with 200 and kills
 * one of the two token sets (zitadel-oidc.md, 3), so there must never be two.
 */
async function refreshLeased(parts: SessionParts, session: OpenSession): Promise<OpenSession> {
  const givesUpAt = performance.now() + longestWait;
  do {
    const latest = await reopen(parts, session);
    if (latest.row.version !== session.row.version) return latest;
    const lease = await takeLease(parts, latest.row);
    if (lease !== undefined) return refreshHolding(parts, latest, lease);
    await new Promise((resolve) => setTimeout(resolve, pollInterval));
  } while (performance.now() < givesUpAt);
  throw new Problem('upstream_timeout');
}

async function refreshHolding(parts: SessionParts, session: OpenSession, lease: string): Promise<OpenSession> {
  const { row, content, secret } = session;
  try {
    const tokens = await parts.provider.refresh(content.tokens, row.subject);
    // Also asks whether the account still exists: ZITADEL tells us of a lock or a deletion in no other way.
    const profile = await readProfileAnew(parts, tokens.accessToken, session);
    const refreshed = await storeRefreshed(parts, row, { tokens, profile }, secret, lease);
    if (!refreshed) {
      // Signed out meanwhile, with the tokens before these: ZITADEL would keep these alive.
      if (!(await readSession(parts, row.id_hash))) await signOut(parts, tokens, 'tokens');
      throw new Problem('session_expired');
    }
    parts.metrics.refreshes.inc({ result: 'done' });
    return refreshed;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return refuseRefresh(parts, session, lease, error);
  }
}

async function readProfileAnew({ provider, log }: SessionParts, accessToken: string, { row, content }: OpenSession) {
  try {
    return await provider.readProfile(accessToken, row.subject);
  } catch (error) {
    if (error instanceof ProviderError && (error.kind === 'refused' || error.kind === 'untrusted')) throw error;
    log.warn({ error: describeError(error) }, 'the profile could not be read anew');
    return content.profile;
  }
}

/** A refusal ends the session, whatever it is called; an outage does not. */
async function refuseRefresh(parts: SessionParts, session: OpenSession, lease: string, error: ProviderError) {
  const { row, content } = session;
  parts.metrics.refreshes.inc({ result: error.kind });
  parts.log.warn({ subject: row.subject, kind: error.kind, error: describeError(error) }, 'refresh failed');
  switch (error.kind) {
    case 'refused':
    case 'denied':
    case 'untrusted':
      await parts.store.deleteFrom('sessions').where('id_hash', '=', row.id_hash).execute();
      throw new Problem('session_expired', {}, { cause: error });
    case 'misconfigured':
      await releaseLease(parts, row, lease);
      throw new Problem('upstream_error', {}, { cause: error });
    case 'unavailable':
      await releaseLease(parts, row, lease);
      if (content.tokens.accessEndsAt > parts.clock()) return session;
      throw new Problem('upstream_unavailable', {}, { cause: error });
  }
}

/** @throws Problem `session_expired` when the session has gone meanwhile. */
async function reopen(parts: SessionParts, { row, secret }: OpenSession): Promise<OpenSession> {
  const latest = await readSession(parts, row.id_hash);
  const opened = latest && latest.ended === null ? openSession(parts.sessionVault, latest, secret) : undefined;
  if (!opened) throw new Problem('session_expired');
  return opened;
}
