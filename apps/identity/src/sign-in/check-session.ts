import { loadSession } from '../commands/sessions/sessions.ts';
import type { SignInCheck } from '../oidc/authorize/sign-in-check.ts';
import { loadUser } from '../store/load.ts';
import type { Database } from '../store/tables.ts';
import { assess } from './assess.ts';
import { loadSignInFacts } from './load-facts.ts';

/** Judges the session that a browser brings along at an authorization request. */
export function createSignInCheck(db: Database): SignInCheck {
  return async (sessionId) => {
    const session = await loadSession(db, sessionId);
    if (!session || (session.expires_at !== null && session.expires_at <= Date.now())) return undefined;
    const user = await loadUser(db, session.user_id);
    if (user?.state !== 'active') return undefined;
    const { amr, checkedAt, missing } = assess(session, await loadSignInFacts(db, user), Date.now());
    return {
      userId: user.id,
      amr,
      authTime: checkedAt === undefined ? undefined : Math.floor(checkedAt / 1000),
      missing: missing.kind,
    };
  };
}
