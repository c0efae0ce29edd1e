import { Secret, TOTP } from 'otpauth';
import { alreadyExists, type DomainError, failedPrecondition, invalidArgument, notFound } from '../../domain/errors.ts';
import { type ChangeDetails, type NewEvent, userEvent } from '../../domain/events.ts';
import { loadFactor, loadInstance, loadUser } from '../../store/load.ts';
import type { Database, FactorTable } from '../../store/tables.ts';
import type { Vault } from '../../store/vault.ts';
import { append, type CommandContext } from '../context.ts';
import { requireSelfOr } from '../permission.ts';
import { ownerOf } from '../users/check-password.ts';

const PURPOSE = 'totp secret';
const WRONG_CODE = () => invalidArgument('EVENT-8isk2', 'Errors.User.MFA.OTP.InvalidCode');

export interface StartedTotp {
  readonly details: ChangeDetails;
  /** Base32. */
  readonly secret: string;
  /** `otpauth://` for a QR code. */
  readonly uri: string;
}

/**
 * Begins an authenticator app; it counts once `verifyTotp` saw a first code.
 *
 * @param input.secret base32, for people made with a secret that is known beforehand; default: 20 random bytes.
 * @throws DomainError COMMAND-do9se when one is set up already; COMMAND-SqyJz for an unknown user.
 */
export function startTotp(
  context: CommandContext,
  input: { readonly userId: string; readonly secret?: string; readonly resourceOwner?: string },
): Promise<StartedTotp> {
  return context.store.change(async (db) => {
    const user = await loadUser(db, input.userId);
    if (user?.kind !== 'human') throw failedPrecondition('COMMAND-SqyJz', 'Errors.User.NotFound');
    await requireSelfOr(context, db, 'user.write', ownerOf(user));
    const present = await loadFactor(db, user.id, 'totp');
    if (present?.state === 'ready') throw alreadyExists('COMMAND-do9se', 'Errors.User.MFA.OTP.AlreadyReady');
    const secret = input.secret ? Secret.fromBase32(input.secret) : new Secret({ size: 20 });
    const uri = new TOTP({ issuer: (await loadInstance(db)).name, label: user.username, secret }).toString();
    const added = userEvent(ownerOf(user), 'user.human.mfa.otp.added', {
      otpSecret: context.store.vault.seal(secret.base32, PURPOSE),
    });
    return { details: await append(context, db, added), secret: secret.base32, uri };
  });
}

/** @throws DomainError COMMAND-3Mif9s when none was begun, COMMAND-qx4ls when it is ready, EVENT-8isk2 for a wrong code. */
export function verifyTotp(
  context: CommandContext,
  input: { readonly userId: string; readonly code: string },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const factor = await loadFactor(db, input.userId, 'totp');
    if (!factor) throw notFound('COMMAND-3Mif9s', 'Errors.User.MFA.OTP.NotExisting');
    const user = { id: input.userId, organisationId: factor.organisation_id };
    await requireSelfOr(context, db, 'user.write', user);
    if (factor.state === 'ready') throw failedPrecondition('COMMAND-qx4ls', 'Errors.Users.MFA.OTP.AlreadyReady');
    if (!isRight(context.store.vault, factor, input.code, context.now())) throw WRONG_CODE();
    return append(context, db, userEvent(user, 'user.human.mfa.otp.verified', {}));
  });
}

/**
 * Checks a code at sign-in and counts. A code may be used again within its 30 s, as in ZITADEL.
 *
 * @throws DomainError EVENT-8isk2 for a wrong code; COMMAND-3Mif9s without a confirmed app; COMMAND-SF3fg for a locked
 *   user.
 */
export async function checkTotp(
  context: CommandContext,
  input: { readonly userId: string; readonly code: string },
): Promise<void> {
  const failure = await context.store.change((db) => tryTotp(context, db, input));
  if (failure) throw failure;
}

/** The inner part, for commands with a transaction of their own. Counts the failure and returns it. */
export async function tryTotp(
  context: CommandContext,
  db: Database,
  input: { readonly userId: string; readonly code: string },
): Promise<DomainError | undefined> {
  const factor = await loadFactor(db, input.userId, 'totp');
  if (factor?.state !== 'ready') throw failedPrecondition('COMMAND-3Mif9s', 'Errors.User.MFA.OTP.NotReady');
  const user = await loadUser(db, input.userId);
  if (!user || user.state === 'locked') throw failedPrecondition('COMMAND-SF3fg', 'Errors.User.Locked');
  if (isRight(context.store.vault, factor, input.code, context.now())) {
    await append(context, db, userEvent(ownerOf(user), 'user.human.mfa.otp.check.succeeded', {}));
    return undefined;
  }
  const { max_code_attempts: most } = await loadInstance(db);
  const locks: NewEvent[] =
    most > 0 && user.code_failures + 1 >= most ? [userEvent(ownerOf(user), 'user.locked', {})] : [];
  await append(context, db, userEvent(ownerOf(user), 'user.human.mfa.otp.check.failed', {}), ...locks);
  return WRONG_CODE();
}

function isRight(vault: Vault, factor: FactorTable, code: string, now: number): boolean {
  const totp = new TOTP({ secret: Secret.fromBase32(vault.open(factor.sealed_secret, PURPOSE)) });
  // One step either side, as clocks differ.
  return totp.validate({ token: code, timestamp: now, window: 1 }) !== null;
}
