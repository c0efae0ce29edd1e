import { failedPrecondition, invalidArgument, notFound } from '../../domain/errors.ts';
import { type ChangeDetails, type NewEvent, userEvent } from '../../domain/events.ts';
import { checkPasswordComplexity } from '../../domain/password.ts';
import { loadUser } from '../../store/load.ts';
import type { Database, UserTable } from '../../store/tables.ts';
import { append, type CommandContext } from '../context.ts';
import { deliver } from '../deliver.ts';
import { compareCode, macOf } from '../factors/one-time-codes.ts';
import { fillUrlTemplate } from '../fill-url-template.ts';
import { newLetterCode } from '../new-code.ts';
import { hashPassword } from '../password-hash.ts';
import { requirePermission, requireSelfOr } from '../permission.ts';
import { checkPassword, ownerOf } from './check-password.ts';

/** ZITADEL's lifetime of such a code. */
const LIFETIME = 3_600_000;

/** How the code reaches the person; `return` hands it to the caller, and the account with it. */
export type PasswordResetMedium =
  | { readonly kind: 'email' | 'sms'; readonly urlTemplate?: string }
  | { readonly kind: 'return' };

/**
 * Sends (or returns) a code with which a new password can be set.
 *
 * @param input.resourceOwner given: v1's command, which has error ids of its own.
 * @throws DomainError COMMAND-SAF4f (v1: COMMAND-Hj9ds) for an unknown person, COMMAND-Sfe4g (v1: COMMAND-2M9sd) for one
 *   who never signed in, DOMAIN-oGh5e for a bad template.
 */
export function requestPasswordReset(
  context: CommandContext,
  input: { readonly userId: string; readonly medium: PasswordResetMedium; readonly resourceOwner?: string },
): Promise<{ readonly details: ChangeDetails; readonly code?: string }> {
  return context.store.change(async (db) => {
    const { medium } = input;
    const template = medium.kind === 'return' ? undefined : medium.urlTemplate;
    const code = newLetterCode(6);
    if (template) fillUrlTemplate(template, { UserID: '', OrgID: '', Code: '' });
    const user = await loadUser(db, input.userId);
    const isV1 = input.resourceOwner !== undefined;
    if (user?.kind !== 'human' || (isV1 && user.organisation_id !== input.resourceOwner)) {
      throw isV1
        ? failedPrecondition('COMMAND-Hj9ds', 'Errors.User.NotFound')
        : notFound('COMMAND-SAF4f', 'Errors.User.NotFound');
    }
    if (user.state === 'initial') {
      throw failedPrecondition(isV1 ? 'COMMAND-2M9sd' : 'COMMAND-Sfe4g', 'Errors.User.NotInitialised');
    }
    await requireSelfOr(context, db, 'user.write', ownerOf(user));
    const added = userEvent(ownerOf(user), 'user.human.password.code.added', {
      codeMac: macOf(context.store.vault, user.id, code),
      expiry: context.now() + LIFETIME,
      notificationType: medium.kind === 'sms' ? 1 : 0,
    });
    const details = await append(context, db, added);
    if (medium.kind === 'return') return { details, code };
    const link = template && fillUrlTemplate(template, { UserID: user.id, OrgID: user.organisation_id, Code: code });
    await deliver(context, db, {
      to: medium.kind === 'sms' ? user.phone : user.email,
      kind: medium.kind,
      subject: 'Reset password',
      text: `${code} is your code to set a new password. It is good for an hour.${link ? ` ${link}` : ''}`,
      code,
      ...(link && { link }),
    });
    await append(context, db, userEvent(ownerOf(user), 'user.human.password.code.sent', {}));
    return { details };
  });
}

/**
 * Sets a new password: with the code of a reset, the present password, or the right to.
 *
 * @throws DomainError COMMAND-3M0fs for a wrong present password, COMMAND-G8dh3 for an unknown person, CODE-woT0xc or CODE-QvUQ4P for a wrong or old code.
 */
export async function setPassword(
  context: CommandContext,
  input: NewPassword & { readonly userId: string; readonly resourceOwner?: string },
): Promise<ChangeDetails> {
  const encodedHash = await preparePassword(context, input.userId, input);
  return context.store.change(async (db) => {
    const user = await loadUser(db, input.userId);
    const elsewhere = input.resourceOwner !== undefined && user?.organisation_id !== input.resourceOwner;
    if (user?.kind !== 'human' || elsewhere) throw notFound('COMMAND-G8dh3', 'Errors.User.Password.NotFound');
    return append(context, db, await passwordChanged(context, db, user, input, encodedHash));
  });
}

/** A new password, and what shows that it may be set: a code, the present one, or else the right to. */
export interface NewPassword {
  readonly password: string;
  readonly code?: string;
  readonly currentPassword?: string;
  readonly changeRequired?: boolean;
}

/** The slow part, outside the transaction. @returns the password's hash. */
export async function preparePassword(context: CommandContext, userId: string, input: NewPassword): Promise<string> {
  if (input.password === '') throw invalidArgument('COMMAND-3klek4sbns', 'Errors.User.Password.Empty');
  const { currentPassword } = input;
  if (currentPassword !== undefined) await checkPassword(context, { userId, password: currentPassword });
  return hashPassword(input.password);
}

/** The inner part, for commands with a transaction of their own. */
export async function passwordChanged(
  context: CommandContext,
  db: Database,
  user: UserTable,
  input: NewPassword,
  encodedHash: string,
): Promise<NewEvent> {
  if (input.code === undefined) {
    // Whoever knew the present password has proved enough.
    if (input.currentPassword === undefined)
      await requirePermission(context, db, 'user.credential.write', user.organisation_id);
  } else {
    const waiting = await db
      .selectFrom('codes')
      .selectAll()
      .where('user_id', '=', user.id)
      .where('purpose', '=', 'passwordReset')
      .executeTakeFirst();
    if (!waiting) throw failedPrecondition('COMMAND-2M9fs', 'Errors.User.Code.NotFound');
    const wrong = compareCode(context, user.id, waiting, input.code.toUpperCase());
    if (wrong) throw wrong;
  }
  if (user.state === 'initial') throw failedPrecondition('COMMAND-M9dse', 'Errors.User.NotInitialised');
  checkPasswordComplexity(input.password);
  const changeRequired = input.changeRequired ?? false;
  return userEvent(ownerOf(user), 'user.human.password.changed', { encodedHash, changeRequired });
}
