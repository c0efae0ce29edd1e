import { isDeepStrictEqual } from 'node:util';
import { describeError } from '../http/describe-error.ts';
import { Problem } from '../http/problem.ts';
import { ProviderError } from './provider/provider-error.ts';
import type { SessionParts } from './session-parts.ts';
import { type OpenSession, openSession } from './session-record.ts';
import { readSession } from './session-store.ts';
import { revokeUnused, signOut } from './sign-out/sign-out.ts';
import { releaseLease, storeProfile, storeRefreshed, takeLease } from './token-lease.ts';

const pollInterval = 40;
const longestWait = 10_000;

/**
 * Refreshes under the lease, or waits for whoever holds it. ZITADEL answers two parallel refreshes with 200 and kills
 * one of the two token sets (zitadel-oidc.md, 3), so there must never be two: nothing is done under the lease but the
 * token request.
 *
 * @returns the session with newer tokens, whoever had them; or as it was, when ZITADEL does not answer and its access
 *   token is still good.
 * @throws Problem `session_expired`: the session has ended by that; `upstream_unavailable`, `upstream_timeout` or
 *   `upstream_error`, and it has not.
 */
export async function refreshSession(parts: SessionParts, session: OpenSession): Promise<OpenSession> {
  try {
    await parts.provider.discover();
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    reportRefusal(parts, session, error);
    return withoutAnswer(parts, session, error);
  }
  const givesUpAt = performance.now() + longestWait;
  for (;;) {
    const latest = await reopen(parts, session);
    if (latest.row.version !== session.row.version) return latest;
    if (performance.now() > givesUpAt) throw new Problem('upstream_timeout');
    const lease = await takeLease(parts, latest.row);
    const refreshed = lease === undefined ? undefined : await refreshHolding(parts, latest, lease);
    if (refreshed) return refreshed;
    await new Promise((resolve) => setTimeout(resolve, pollInterval));
  }
}

/** @throws Problem `session_expired` when the session has gone meanwhile. */
export async function reopen(parts: SessionParts, { row, secret }: OpenSession): Promise<OpenSession> {
  const latest = await readSession(parts, row.id_hash);
  const opened = latest && latest.ended === null ? openSession(parts.sessionVault, latest, secret) : undefined;
  if (!opened) throw new Problem('session_expired');
  return opened;
}

/** @returns undefined when another process was faster although we held the lease, or the session has ended. */
async function refreshHolding(
  parts: SessionParts,
  session: OpenSession,
  lease: string,
): Promise<OpenSession | undefined> {
  const refreshed = await takeTokens(parts, session).catch((error: unknown) => {
    if (!(error instanceof ProviderError)) throw error;
    return refuseRefresh(parts, session, lease, error);
  });
  // Nothing new was had: the session is as it was.
  if (!refreshed || refreshed.row.version === session.row.version) return refreshed;
  parts.metrics.refreshes.inc({ result: 'done' });
  return checkAccount(parts, refreshed);
}

/** Asks for new tokens and stores them. What cannot be stored is revoked: ZITADEL would keep it alive. */
async function takeTokens(parts: SessionParts, session: OpenSession): Promise<OpenSession | undefined> {
  const { row, content, secret } = session;
  const { tokens, claims } = await parts.provider.refresh(content.tokens);
  try {
    if (claims && claims.sub !== row.subject) throw new ProviderError('untrusted', 'the refresh is for somebody else');
    const stored = await storeRefreshed(parts, row, { ...content, tokens }, secret);
    if (!stored) await revokeUnused(parts, tokens);
    return stored;
  } catch (error) {
    await revokeUnused(parts, tokens);
    throw error;
  }
}

/** Whether the account still exists: ZITADEL tells us of a lock or a deletion in no other way. And who it now is. */
async function checkAccount(parts: SessionParts, session: OpenSession): Promise<OpenSession> {
  const { row, content } = session;
  try {
    const profile = await parts.provider.readProfile(content.tokens.accessToken, row.subject);
    return isDeepStrictEqual(profile, content.profile) ? session : await storeProfile(parts, session, profile);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.kind !== 'refused' && error.kind !== 'untrusted') {
      parts.log.warn({ error: describeError(error) }, 'the profile could not be read anew');
      return session;
    }
    reportRefusal(parts, session, error);
    // Not if there are newer tokens by now: it was only these that were refused.
    const ended = await signOut(parts, content.tokens, 'tokens', { idHash: row.id_hash, version: row.version });
    if (!ended) return reopen(parts, session);
    throw new Problem('session_expired', {}, { cause: error });
  }
}

/**
 * A refusal ends the session, whatever it is called; an outage does not.
 *
 * @returns undefined when the lease was lost: whoever has it now may have had better luck.
 */
async function refuseRefresh(
  parts: SessionParts,
  session: OpenSession,
  lease: string,
  error: ProviderError,
): Promise<OpenSession | undefined> {
  const { row, content } = session;
  reportRefusal(parts, session, error);
  switch (error.kind) {
    case 'refused':
    case 'denied':
    case 'untrusted': {
      // The refused token too: that of a locked account works again when it is unlocked (zitadel-oidc.md, 4).
      const state = { idHash: row.id_hash, version: row.version, lease };
      if (!(await signOut(parts, content.tokens, 'tokens', state))) return undefined;
      throw new Problem('session_expired', {}, { cause: error });
    }
    case 'misconfigured':
    case 'unavailable':
      await releaseLease(parts, row, lease);
      return withoutAnswer(parts, session, error);
  }
}

/** ZITADEL said nothing about the tokens: a session whose access token is still good goes on with it. */
function withoutAnswer({ clock }: SessionParts, session: OpenSession, error: ProviderError): OpenSession {
  if (error.kind === 'misconfigured') throw new Problem('upstream_error', {}, { cause: error });
  if (session.content.tokens.accessEndsAt > clock()) return session;
  throw new Problem('upstream_unavailable', {}, { cause: error });
}

function reportRefusal({ metrics, log }: SessionParts, { row }: OpenSession, error: ProviderError): void {
  metrics.refreshes.inc({ result: error.kind });
  log.warn({ subject: row.subject, kind: error.kind, error: describeError(error) }, 'refresh failed');
}
