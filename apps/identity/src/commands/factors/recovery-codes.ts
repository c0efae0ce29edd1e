import { type DomainError, failedPrecondition, invalidArgument } from '../../domain/errors.ts';
import { type ChangeDetails, type NewEvent, userEvent } from '../../domain/events.ts';
import { loadFactor, loadInstance, loadUser } from '../../store/load.ts';
import type { Database } from '../../store/tables.ts';
import { append, type CommandContext } from '../context.ts';
import { newLetterCode } from '../new-code.ts';
import { requireSelfOr } from '../permission.ts';
import { ownerOf } from '../users/check-password.ts';
import { macOf } from './one-time-codes.ts';

/** Ten characters of 32 are 50 bits, in a keyed hash: enough for a code that works once and is counted. */
const LENGTH = 10;

/** How many a person may have at a time, as in ZITADEL. */
const MOST = 10;

/**
 * Makes recovery codes; they are added to those that are there, and shown this once.
 *
 * @throws DomainError COMMAND-uXHNj for an unknown user, COMMAND-8f2k9 for more than ten together.
 */
export function addRecoveryCodes(
  context: CommandContext,
  input: { readonly userId: string; readonly count: number },
): Promise<{ readonly codes: readonly string[]; readonly details: ChangeDetails }> {
  return context.store.change(async (db) => {
    const user = await loadUser(db, input.userId);
    if (!user) throw failedPrecondition('COMMAND-uXHNj', 'Errors.User.NotFound');
    await requireSelfOr(context, db, 'user.credential.write', ownerOf(user));
    const codes = Array.from({ length: input.count }, () => newLetterCode(LENGTH));
    const present = await loadFactor(db, user.id, 'recoveryCodes');
    const kept = present ? (JSON.parse(present.details) as string[]) : [];
    if (kept.length + codes.length > MOST) {
      throw failedPrecondition('COMMAND-8f2k9', 'Errors.User.MFA.RecoveryCodes.MaxCountExceeded');
    }
    const codeMacs = [...kept, ...codes.map((code) => macOf(context.store.vault, user.id, code))];
    const added = userEvent(ownerOf(user), 'user.human.mfa.recoverycode.added', { codeMacs });
    return { codes, details: await append(context, db, added) };
  });
}

/** Counts a failure and returns it; a right code is used up. */
export async function tryRecoveryCode(
  context: CommandContext,
  db: Database,
  input: { readonly userId: string; readonly code: string },
): Promise<DomainError | undefined> {
  const user = await loadUser(db, input.userId);
  if (user?.state === 'locked') throw failedPrecondition('COMMAND-2w6oa', 'Errors.User.Locked');
  const factor = await loadFactor(db, input.userId, 'recoveryCodes');
  if (!user || !factor) throw failedPrecondition('COMMAND-84rgg', 'Errors.User.MFA.RecoveryCodes.NotReady');
  const codeMac = macOf(context.store.vault, user.id, input.code);
  if ((JSON.parse(factor.details) as string[]).includes(codeMac)) {
    await append(context, db, userEvent(ownerOf(user), 'user.human.mfa.recoverycode.check.succeeded', { codeMac }));
    return undefined;
  }
  const { max_code_attempts: most } = await loadInstance(db);
  const locks: NewEvent[] =
    most > 0 && user.code_failures + 1 >= most ? [userEvent(ownerOf(user), 'user.locked', {})] : [];
  await append(context, db, userEvent(ownerOf(user), 'user.human.mfa.recoverycode.check.failed', {}), ...locks);
  return invalidArgument('DOMAIN-6uvh0', 'Errors.User.MFA.RecoveryCodes.InvalidCode');
}
