import { sql } from 'kysely';
import {
  type DomainError,
  failedPrecondition,
  invalidArgument,
  notFound,
  permissionDenied,
} from '../../domain/errors.ts';
import { loadUser } from '../../store/load.ts';
import type { Database, UserTable } from '../../store/tables.ts';
import type { CommandContext } from '../context.ts';
import { type OneTimeCodeKind, tryOneTimeCode } from '../factors/one-time-codes.ts';
import { tryRecoveryCode } from '../factors/recovery-codes.ts';
import { tryTotp } from '../factors/totp.ts';
import { checkWebAuthnWithin, type WebAuthnChallenge } from '../factors/webauthn-login.ts';
import { type ComparedPassword, tryPassword } from '../users/check-password.ts';
import { note, type SessionDraft } from './session-draft.ts';
import type { SessionChecks } from './session-input.ts';

/**
 * Runs the checks that were asked for, and writes the proofs into the draft.
 *
 * @returns the first failure that counts against the person: its events must be kept, the session's must not.
 * @throws DomainError for everything that counts against nobody.
 */
export async function runChecks(
  context: CommandContext,
  db: Database,
  draft: SessionDraft,
  instanceId: string,
  checks: SessionChecks,
  compared: ComparedPassword | undefined,
): Promise<DomainError | undefined> {
  const checkedAt = context.now();
  if (checks.user) {
    const user = await findCheckedUser(db, checks.user);
    // ZITADEL gives this error no id.
    if (draft.userId && draft.userId !== user.id) throw invalidArgument('', 'user change not possible');
    draft.userId = user.id;
    note(draft, instanceId, 'session.user.checked', {
      checkedAt,
      userID: user.id,
      userResourceOwner: user.organisation_id,
    });
  }
  if (checks.password !== undefined && compared) {
    const failure = await tryPassword(context, db, requireUser(draft, 'COMMAND-Sfw3f'), compared);
    if (failure) return failure;
    note(draft, instanceId, 'session.password.checked', { checkedAt });
  }
  if (checks.intentToken !== undefined) refuseIntent(draft, checks.intentToken);
  if (checks.webAuthn !== undefined) await checkWebAuthnOf(context, db, draft, instanceId, checks.webAuthn);
  if (checks.totp !== undefined) {
    const failure = await tryTotp(context, db, { userId: requireUser(draft, 'COMMAND-8N9ds'), code: checks.totp });
    if (failure) return failure;
    note(draft, instanceId, 'session.totp.checked', { checkedAt });
  }
  if (checks.otpSms !== undefined) {
    const failure = await tryCode(context, db, draft, 'otpSms', checks.otpSms);
    if (failure) return failure;
    note(draft, instanceId, 'session.otp.sms.checked', { checkedAt });
  }
  if (checks.otpEmail !== undefined) {
    const failure = await tryCode(context, db, draft, 'otpEmail', checks.otpEmail);
    if (failure) return failure;
    note(draft, instanceId, 'session.otp.email.checked', { checkedAt });
  }
  if (checks.recoveryCode !== undefined) {
    if (checks.recoveryCode === '') throw invalidArgument('COMMAND-u0b6c', 'Errors.User.UserIDMissing');
    if (!draft.userId) throw invalidArgument('COMMAND-4m9s2', 'Errors.User.UserIDMissing');
    const failure = await tryRecoveryCode(context, db, { userId: draft.userId, code: checks.recoveryCode });
    if (failure) return failure;
    note(draft, instanceId, 'session.recovery.code.checked', { checkedAt });
  }
  return undefined;
}

/** The person of a user check. @throws DomainError QUERY-Dfbg2 unknown, SESSION-Gj4ko locked or deactivated. */
export async function findCheckedUser(db: Database, check: NonNullable<SessionChecks['user']>): Promise<UserTable> {
  const user = 'userId' in check ? await loadUser(db, check.userId) : await findByLoginName(db, check.loginName);
  if (!user) throw notFound('QUERY-Dfbg2', 'Errors.User.NotFound');
  if (user.state !== 'active' && user.state !== 'initial') {
    throw failedPrecondition('SESSION-Gj4ko', 'Errors.User.NotActive');
  }
  return user;
}

/** A login name is the username, whatever its case; it is unique over all organisations. */
export function findByLoginName(db: Database, loginName: string): Promise<UserTable | undefined> {
  return db
    .selectFrom('users')
    .selectAll()
    .where(sql<boolean>`username = ${loginName} COLLATE NOCASE`)
    .executeTakeFirst();
}

/** @param missingId each check and challenge has an id of its own for a session that knows no person yet. */
export function requireUser(draft: SessionDraft, missingId: string): string {
  if (!draft.userId) throw failedPrecondition(missingId, 'Errors.User.UserIDMissing');
  return draft.userId;
}

/** As ZITADEL refuses a token that it did not make, or that is none. */
function refuseIntent(draft: SessionDraft, token: string): never {
  requireUser(draft, 'COMMAND-Sfw3r');
  const isBase64 = /^[\w-]+$/.test(token) && token.length % 4 !== 1;
  throw permissionDenied(isBase64 ? 'CRYPTO-Sf4gt' : 'CRYPTO-Swg31', 'Errors.Intent.InvalidToken');
}

async function tryCode(
  context: CommandContext,
  db: Database,
  draft: SessionDraft,
  kind: OneTimeCodeKind,
  code: string,
): Promise<DomainError | undefined> {
  if (!draft.userId) throw invalidArgument('COMMAND-S453v', 'Errors.User.UserIDMissing');
  const user = await loadUser(db, draft.userId);
  if (!user) throw notFound('QUERY-Dfbg2', 'Errors.User.NotFound');
  const { stored } = draft;
  const mac = kind === 'otpSms' ? stored?.otp_sms_mac : stored?.otp_email_mac;
  const expiresAt = (kind === 'otpSms' ? stored?.otp_sms_expires_at : stored?.otp_email_expires_at) ?? 0;
  return tryOneTimeCode(context, db, user, kind, mac ? { code_mac: mac, expires_at: expiresAt } : undefined, code);
}

async function checkWebAuthnOf(
  context: CommandContext,
  db: Database,
  draft: SessionDraft,
  instanceId: string,
  credential: unknown,
): Promise<void> {
  if (!draft.stored?.webauthn_challenge)
    throw failedPrecondition('COMMAND-Ioqu5', 'Errors.Session.WebAuthN.NoChallenge');
  const userId = requireUser(draft, 'COMMAND-eeR2e');
  const open = JSON.parse(draft.stored.webauthn_challenge) as {
    challenge: string;
    rpID: string;
    userVerification: WebAuthnChallenge['userVerification'];
  };
  const { userVerified } = await checkWebAuthnWithin(context, db, {
    userId,
    challenge: { challenge: open.challenge, rpId: open.rpID, userVerification: open.userVerification },
    credential,
  });
  note(draft, instanceId, 'session.webAuthN.checked', { checkedAt: context.now(), userVerified });
}
