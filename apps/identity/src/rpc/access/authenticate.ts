import { readSessionToken } from '../../commands/sessions/session-token.ts';
import { judgeAuthentication, type ProvedFactors } from '../../domain/authentication.ts';
import { notFound, permissionDenied, unauthenticated } from '../../domain/errors.ts';
import { loadFactors, loadUser } from '../../store/load.ts';
import { loadLoginPolicy } from '../../store/login-policy-queries.ts';
import type { Store } from '../../store/open-store.ts';
import type { SessionTable } from '../../store/session-tables.ts';
import type { Database, UserTable } from '../../store/tables.ts';
import { hashToken, isTokenOf } from '../../store/vault.ts';

/** An access token's person, as the OIDC room knows them. */
export interface AccessTokenHolder {
  readonly userId: string;
  readonly sessionId: string | undefined;
  /** What was proved when the token was issued; absent for tokens that are asked nothing (Login V1). */
  readonly proved?: ProvedFactors;
}

/** Resolves an access token that is alive and meant for this API; nothing for every other. */
export type ResolveAccessToken = (token: string) => Promise<AccessTokenHolder | undefined>;

export interface Authenticated {
  readonly user: UserTable;
  readonly sessionId: string | undefined;
}

const INVALID = () => unauthenticated('AUTH-7fs1e', 'Errors.Token.Invalid');

/**
 * Who calls: by personal access token, session token, or access token (zitadel.md 1.3).
 *
 * @param header `Authorization`, as sent. The caller has said already that there is one.
 * @throws DomainError as that table has it.
 */
export async function authenticate(store: Store, resolve: ResolveAccessToken, header: string): Promise<Authenticated> {
  const [, token] = /^Bearer (.+)$/.exec(header) ?? [];
  if (!token) throw unauthenticated('AUTH-toLo1', 'invalid auth header');
  const sessionId = readSessionToken(store.vault, token);
  if (sessionId !== undefined) return authenticateSession(store.db, sessionId, token);
  const machine = await findByPersonalAccessToken(store.db, token);
  if (machine) return { user: machine, sessionId: undefined };
  const holder = await resolve(token);
  const user = holder && (await loadUser(store.db, holder.userId));
  if (!holder || user?.state !== 'active') throw INVALID();
  if (holder.proved && user.kind === 'human') await requireEnough(store.db, user, holder.proved);
  return { user, sessionId: holder.sessionId };
}

async function findByPersonalAccessToken(db: Database, token: string): Promise<UserTable | undefined> {
  const row = await db
    .selectFrom('personal_access_tokens')
    .select(['user_id', 'expires_at'])
    .where('token_hash', '=', hashToken(token))
    .executeTakeFirst();
  if (!row || row.expires_at <= Date.now()) return undefined;
  const user = await loadUser(db, row.user_id);
  return user?.state === 'active' ? user : undefined;
}

async function authenticateSession(db: Database, sessionId: string, token: string): Promise<Authenticated> {
  const session = await db.selectFrom('sessions').selectAll().where('id', '=', sessionId).executeTakeFirst();
  const user = session && (await loadUser(db, session.user_id));
  if (!session || !user) throw notFound('QUERY-SFeaa', 'Errors.Session.NotExisting');
  if (!isTokenOf(session.token_hash, token)) throw INVALID();
  if (session.expires_at !== null && session.expires_at <= Date.now()) {
    throw permissionDenied('AUTHZ-EGDo3', 'session expired');
  }
  await requireEnough(db, user, provedIn(session));
  return { user, sessionId };
}

/** What a session proves, as its checks stand. */
export function provedIn(session: SessionTable): ProvedFactors {
  const code =
    session.totp_checked_at ??
    session.otp_email_checked_at ??
    session.otp_sms_checked_at ??
    session.recovery_code_checked_at;
  return {
    password: session.password_checked_at !== null,
    code: code !== null,
    webAuthn:
      session.webauthn_checked_at === null ? 'none' : session.webauthn_user_verified === 1 ? 'verified' : 'present',
  };
}

async function requireEnough(db: Database, user: UserTable, proved: ProvedFactors): Promise<void> {
  const policy = await loadLoginPolicy(db, user.organisation_id);
  const set = (await loadFactors(db, user.id)).filter((factor) => factor.state === 'ready');
  const answer = judgeAuthentication(proved, {
    forceMfa: policy.forceMfa || policy.forceMfaLocalOnly,
    allowed: policy.secondFactors,
    set: set.map((factor) => factor.kind),
  });
  if (answer === 'mfa-required') throw permissionDenied('AUTHZ-Kl3p0', 'mfa required');
  if (answer === 'authentication-required') throw permissionDenied('AUTHZ-Kl3p0', 'authentication required');
}
