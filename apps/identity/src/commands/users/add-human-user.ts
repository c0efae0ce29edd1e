import { sql } from 'kysely';
import { alreadyExists, failedPrecondition } from '../../domain/errors.ts';
import type { ChangeDetails, NewEvent } from '../../domain/events.ts';
import { userEvent } from '../../domain/events.ts';
import { checkPasswordComplexity } from '../../domain/password.ts';
import { displayNameOf, type Gender } from '../../domain/user.ts';
import { loadUser } from '../../store/load.ts';
import { newId } from '../../store/new-id.ts';
import type { Database } from '../../store/tables.ts';
import { append, type CommandContext } from '../context.ts';
import { hashPassword } from '../password-hash.ts';
import { requirePermission } from '../permission.ts';
import { addContactCode, type CodeMedium, checkTemplate } from './contact-codes.ts';
import { type MetadataEntry, metadataEvents } from './user-metadata.ts';

export interface NewHumanUser {
  readonly organisationId: string;
  /** Chosen by the caller, else made. */
  readonly userId?: string;
  /** Default: the email address. */
  readonly username?: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly nickName?: string;
  readonly displayName?: string;
  /** BCP 47. */
  readonly preferredLanguage?: string;
  readonly gender?: Gender;
  readonly email: string;
  readonly emailVerified?: boolean;
  /** How a code to prove the address is to reach them; without it none is made. */
  readonly emailCode?: CodeMedium;
  /** E.164, for example `+41791234567`. */
  readonly phone?: string;
  readonly phoneVerified?: boolean;
  readonly phoneCode?: CodeMedium;
  readonly password?: string;
  /** Instead of a password: an argon2id hash in PHC form, for generated people who share one. */
  readonly passwordHash?: string;
  readonly passwordChangeRequired?: boolean;
  /** v1: somebody without a password or a verified address has yet to begin, and is `initial`. v2 knows no such state. */
  readonly mayBeInitial?: boolean;
  readonly metadata?: readonly MetadataEntry[];
}

export interface AddedUser {
  readonly userId: string;
  readonly details: ChangeDetails;
  /** Only where the caller asked for them. */
  readonly emailCode?: string;
  readonly phoneCode?: string;
}

/**
 * Adds a person.
 *
 * @throws DomainError COMMAND-QXPGs for an unknown organisation, COMMAND-7yiox1isql for an id that is taken, V3-DKcYh for
 *   such a username, DOMAIN-… for a weak password.
 */
export async function addHumanUser(context: CommandContext, input: NewHumanUser): Promise<AddedUser> {
  for (const medium of [input.emailCode, input.phoneCode]) checkTemplate(medium);
  const passwordHash = input.password === undefined ? input.passwordHash : await hashPassword(input.password);
  return context.store.change(async (db) => {
    await requirePermission(context, db, 'user.write', input.organisationId);
    await requireOrganisation(db, input.organisationId);
    await requireFreeId(db, input.userId, 'COMMAND-7yiox1isql');
    if (input.password !== undefined) checkPasswordComplexity(input.password);
    const username = input.username || input.email;
    await requireFreeUsername(db, username);
    const user = { id: input.userId || newId(), organisationId: input.organisationId };
    const added = userEvent(user, 'user.human.added', {
      userName: username,
      firstName: input.givenName,
      lastName: input.familyName,
      nickName: input.nickName ?? '',
      displayName: input.displayName || displayNameOf(input.givenName, input.familyName),
      preferredLanguage: input.preferredLanguage || 'und',
      gender: input.gender ?? 'unspecified',
      email: input.email,
      ...(input.phone && { phone: input.phone }),
      ...(passwordHash && { encodedHash: passwordHash, changeRequired: input.passwordChangeRequired ?? false }),
      ...(input.mayBeInitial && (!passwordHash || !input.emailVerified) && { initial: true }),
    });
    const more: NewEvent[] = [];
    if (input.emailVerified) more.push(userEvent(user, 'user.human.email.verified', {}));
    if (input.phone && input.phoneVerified) more.push(userEvent(user, 'user.human.phone.verified', {}));
    more.push(...metadataEvents(user, input.metadata ?? []));
    const details = await append(context, db, added, ...more);
    return { userId: user.id, details, ...(await sendCodes(context, db, user.id, input)) };
  });
}

/** @returns the codes that the caller asked for, and the details of the last one's event. */
async function sendCodes(
  context: CommandContext,
  db: Database,
  userId: string,
  input: NewHumanUser,
): Promise<Partial<AddedUser>> {
  const user = await loadUser(db, userId);
  if (!user) throw new Error('the person was just added');
  const email = !input.emailVerified && input.emailCode;
  const phone = input.phone && !input.phoneVerified && input.phoneCode;
  const toEmail = email ? await addContactCode(context, db, user, 'email', email) : undefined;
  const toPhone = phone ? await addContactCode(context, db, user, 'phone', phone) : undefined;
  const details = toPhone?.details ?? toEmail?.details;
  return {
    ...(details && { details }),
    ...(toEmail?.code && { emailCode: toEmail.code }),
    ...(toPhone?.code && { phoneCode: toPhone.code }),
  };
}

export async function requireOrganisation(db: Database, id: string): Promise<void> {
  const row = await db.selectFrom('organisations').select('id').where('id', '=', id).executeTakeFirst();
  if (!row) throw failedPrecondition('COMMAND-QXPGs', 'Errors.Org.NotFound');
}

/** @throws DomainError when somebody has this id; the id is only looked at if the caller chose one. */
export async function requireFreeId(db: Database, userId: string | undefined, takenId: string): Promise<void> {
  if (userId && (await loadUser(db, userId))) throw failedPrecondition(takenId, 'Errors.User.AlreadyExisting');
}

/** @param ownId of whoever may have it: theirs in other letters. */
export async function requireFreeUsername(db: Database, username: string, ownId = ''): Promise<void> {
  const taken = await db
    .selectFrom('users')
    .select('id')
    .where('id', '!=', ownId)
    // Names that differ by case alone are the same name; the collation is the index's.
    .where(sql<boolean>`username = ${username} COLLATE NOCASE`)
    .executeTakeFirst();
  if (taken) throw alreadyExists('V3-DKcYh', 'Errors.User.AlreadyExists');
}
