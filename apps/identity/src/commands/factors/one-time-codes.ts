import { timingSafeEqual } from 'node:crypto';
import { alreadyExists, type DomainError, failedPrecondition, invalidArgument, notFound } from '../../domain/errors.ts';
import { type ChangeDetails, type NewEvent, userEvent } from '../../domain/events.ts';
import { loadFactor, loadInstance, loadUser } from '../../store/load.ts';
import type { CodeTable, Database, UserTable } from '../../store/tables.ts';
import type { Vault } from '../../store/vault.ts';
import { append, type CommandContext } from '../context.ts';
import { deliver } from '../deliver.ts';
import { newCode } from '../new-code.ts';
import { requireSelfOr } from '../permission.ts';
import { ownerOf } from '../users/check-password.ts';

export type OneTimeCodeKind = 'otpEmail' | 'otpSms';

/** Codes live five minutes (zitadel.md 3.3). */
export const CODE_LIFETIME = 5 * 60_000;

const EVENT = {
  otpEmail: {
    added: 'user.human.mfa.otp.email.added',
    codeAdded: 'user.human.mfa.otp.email.code.added',
    sent: 'user.human.mfa.otp.email.code.sent',
    succeeded: 'user.human.mfa.otp.email.check.succeeded',
    failed: 'user.human.mfa.otp.email.check.failed',
  },
  otpSms: {
    added: 'user.human.mfa.otp.sms.added',
    codeAdded: 'user.human.mfa.otp.sms.code.added',
    sent: 'user.human.mfa.otp.sms.code.sent',
    succeeded: 'user.human.mfa.otp.sms.check.succeeded',
    failed: 'user.human.mfa.otp.sms.check.failed',
  },
} as const;

/**
 * Turns codes by email on; the address must be verified.
 *
 * @throws DomainError COMMAND-MKL2s when they are on, COMMAND-KLJ2d without a verified address or user.
 */
export function addOtpEmail(context: CommandContext, input: { readonly userId: string }): Promise<ChangeDetails> {
  return addOneTimeCodes(context, input.userId, 'otpEmail', 'COMMAND-MKL2s', 'COMMAND-KLJ2d');
}

/** @throws DomainError COMMAND-Ad3g2 when they are on, COMMAND-Q54j2 without a verified number or user. */
export function addOtpSms(context: CommandContext, input: { readonly userId: string }): Promise<ChangeDetails> {
  return addOneTimeCodes(context, input.userId, 'otpSms', 'COMMAND-Ad3g2', 'COMMAND-Q54j2');
}

function addOneTimeCodes(
  context: CommandContext,
  userId: string,
  kind: OneTimeCodeKind,
  presentId: string,
  notReadyId: string,
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const user = await loadUser(db, userId);
    if (user) await requireSelfOr(context, db, 'user.write', ownerOf(user));
    if (await loadFactor(db, userId, kind)) throw alreadyExists(presentId, 'Errors.User.MFA.OTP.AlreadyReady');
    const verified = kind === 'otpEmail' ? user?.email_verified : user?.phone_verified;
    if (!user || !verified) throw failedPrecondition(notReadyId, 'Errors.User.MFA.OTP.NotReady');
    return append(context, db, userEvent(ownerOf(user), EVENT[kind].added, {}));
  });
}

/**
 * Sends a code to the person's address or number, at sign-in. It ends the one before.
 *
 * @throws DomainError when the factor is not set up.
 */
export function sendOneTimeCode(
  context: CommandContext,
  input: { readonly userId: string; readonly kind: OneTimeCodeKind },
): Promise<void> {
  return context.store.change(async (db) => {
    const user = await requireFactor(db, input.userId, input.kind);
    const code = newCode();
    await append(
      context,
      db,
      userEvent(ownerOf(user), EVENT[input.kind].codeAdded, {
        codeMac: macOf(context.store.vault, user.id, code),
        expiry: context.now() + CODE_LIFETIME,
      }),
      userEvent(ownerOf(user), EVENT[input.kind].sent, {}),
    );
    await deliver(context, db, oneTimeCodeMessage(user, input.kind, code));
  });
}

/** What a person reads who asked for a code. */
export function oneTimeCodeMessage(user: UserTable, kind: OneTimeCodeKind, code: string) {
  const [to, channel] = kind === 'otpEmail' ? [user.email, 'email' as const] : [user.phone, 'sms' as const];
  return {
    to,
    kind: channel,
    subject: 'Your code',
    text: `${code} is your code to sign in. It is good for 5 minutes.`,
    code,
  };
}

/**
 * Checks a code that `sendOneTimeCode` sent, and counts. A code works once.
 *
 * @throws DomainError CODE-woT0xc for a wrong code, CODE-QvUQ4P for one too old, COMMAND-S34gh when none was asked for.
 */
export async function checkOneTimeCode(
  context: CommandContext,
  input: { readonly userId: string; readonly kind: OneTimeCodeKind; readonly code: string },
): Promise<void> {
  const failure = await context.store.change(async (db) => {
    const user = await requireFactor(db, input.userId, input.kind);
    const waiting = await db
      .selectFrom('codes')
      .selectAll()
      .where('user_id', '=', user.id)
      .where('purpose', '=', input.kind)
      .executeTakeFirst();
    return tryOneTimeCode(context, db, user, input.kind, waiting, input.code);
  });
  if (failure) throw failure;
}

/** The inner part, for sessions, which keep a code of their own. Counts the failure and returns it. */
export async function tryOneTimeCode(
  context: CommandContext,
  db: Database,
  user: UserTable,
  kind: OneTimeCodeKind,
  waiting: Pick<CodeTable, 'code_mac' | 'expires_at'> | undefined,
  code: string,
): Promise<DomainError | undefined> {
  if (code === '') throw invalidArgument('COMMAND-SJl2g', 'Errors.User.Code.Empty');
  if (!(await loadFactor(db, user.id, kind))) {
    throw failedPrecondition('COMMAND-d2r52', 'Errors.User.MFA.OTP.NotReady');
  }
  if (!waiting) throw failedPrecondition('COMMAND-S34gh', 'Errors.User.Code.NotFound');
  if (user.state === 'locked') throw failedPrecondition('COMMAND-S6h4R', 'Errors.User.Locked');
  const wrong = compareCode(context, user.id, waiting, code);
  if (!wrong) {
    await append(context, db, userEvent(ownerOf(user), EVENT[kind].succeeded, {}));
    return undefined;
  }
  const { max_code_attempts: most } = await loadInstance(db);
  const locks: NewEvent[] =
    most > 0 && user.code_failures + 1 >= most ? [userEvent(ownerOf(user), 'user.locked', {})] : [];
  await append(context, db, userEvent(ownerOf(user), EVENT[kind].failed, {}), ...locks);
  return wrong;
}

/** @returns the error of a code that is wrong or too old, nothing for the right one. */
export function compareCode(
  context: CommandContext,
  userId: string,
  waiting: Pick<CodeTable, 'code_mac' | 'expires_at'>,
  code: string,
): DomainError | undefined {
  if (waiting.expires_at < context.now()) return failedPrecondition('CODE-QvUQ4P', 'Errors.User.Code.Expired');
  const given = Buffer.from(macOf(context.store.vault, userId, code));
  const expected = Buffer.from(waiting.code_mac);
  const same = given.length === expected.length && timingSafeEqual(given, expected);
  return same ? undefined : invalidArgument('CODE-woT0xc', 'Errors.User.Code.Invalid');
}

export function macOf(vault: Vault, userId: string, code: string): string {
  return vault.mac(code, `code of ${userId}`);
}

async function requireFactor(db: Database, userId: string, kind: OneTimeCodeKind): Promise<UserTable> {
  const user = await loadUser(db, userId);
  if (!user) throw notFound('COMMAND-3n77z', 'Errors.User.NotFound');
  if (!(await loadFactor(db, userId, kind))) {
    const id = kind === 'otpEmail' ? 'COMMAND-JKLJ3' : 'COMMAND-BJ2g3';
    throw failedPrecondition(id, 'Errors.User.MFA.OTP.NotReady');
  }
  return user;
}
