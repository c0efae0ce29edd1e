import { DomainError, failedPrecondition } from '../../domain/errors.ts';
import { type NewEvent, userEvent } from '../../domain/events.ts';
import { loadInstance, loadUser } from '../../store/load.ts';
import type { Database, UserTable } from '../../store/tables.ts';
import { append, type CommandContext } from '../context.ts';
import { hashPassword, verifyPassword } from '../password-hash.ts';

/** Against which a password is checked where there is none to check, so that both take the same time. */
const nothing = hashPassword('a person without a password');

/** What was found outside the transaction, which others would wait for while a password is hashed. */
export interface ComparedPassword {
  readonly right: boolean;
  /** Compared with this; if it changed meanwhile, the comparison says nothing. */
  readonly passwordHash: string | null;
}

/**
 * Checks a password and counts; locks the person when the lockout policy says so.
 *
 * @throws DomainError COMMAND-3M0fs with the number of failures; COMMAND-3n77z for an unknown or locked one.
 */
export async function checkPassword(
  context: CommandContext,
  input: { readonly userId: string; readonly password: string },
): Promise<void> {
  const compared = await comparePassword(context, input);
  const failure = await context.store.change((db) => tryPassword(context, db, input.userId, compared));
  if (failure) throw failure;
}

/** The slow part. Never inside a transaction. */
export async function comparePassword(
  context: CommandContext,
  input: { readonly userId: string; readonly password: string },
): Promise<ComparedPassword> {
  const passwordHash = (await loadUser(context.store.db, input.userId))?.password_hash ?? null;
  return { right: await verifyPassword(passwordHash ?? (await nothing), input.password), passwordHash };
}

/** The inner part, for commands with a transaction of their own. Counts the failure and returns it: thrown, it would undo the count. */
export async function tryPassword(
  context: CommandContext,
  db: Database,
  userId: string,
  compared: ComparedPassword,
): Promise<DomainError | undefined> {
  const user = await requireCheckable(db, userId);
  if (compared.right && user.password_hash === compared.passwordHash) {
    await append(context, db, userEvent(ownerOf(user), 'user.human.password.check.succeeded', {}));
    return undefined;
  }
  const failures = user.password_failures + 1;
  const { max_password_attempts: most } = await loadInstance(db);
  const locks: NewEvent[] = most > 0 && failures >= most ? [userEvent(ownerOf(user), 'user.locked', {})] : [];
  await append(context, db, userEvent(ownerOf(user), 'user.human.password.check.failed', {}), ...locks);
  return new DomainError('invalid-argument', 'COMMAND-3M0fs', 'Errors.User.Password.Invalid', failures);
}

async function requireCheckable(db: Database, userId: string): Promise<UserTable> {
  const user = await loadUser(db, userId);
  if (user?.kind !== 'human') throw failedPrecondition('COMMAND-3n77z', 'Errors.User.NotFound');
  if (user.state === 'locked') throw failedPrecondition('COMMAND-JLK35', 'Errors.User.Locked');
  if (user.password_hash === null) throw failedPrecondition('COMMAND-3nJ4t', 'Errors.User.Password.NotSet');
  return user;
}

export function ownerOf(user: UserTable): { id: string; organisationId: string } {
  return { id: user.id, organisationId: user.organisation_id };
}
