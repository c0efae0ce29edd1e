import type { ContactKind } from '../../domain/contact.ts';
import { failedPrecondition, notFound } from '../../domain/errors.ts';
import type { UserEvents } from '../../domain/events/user-events.ts';
import { type ChangeDetails, type NewEvent, userEvent } from '../../domain/events.ts';
import { lastDetails } from '../../store/event-store.ts';
import { loadUser } from '../../store/load.ts';
import type { Database, UserTable } from '../../store/tables.ts';
import { append, appendAll, type CommandContext } from '../context.ts';
import { requireSelfOr } from '../permission.ts';
import { requireFreeUsername } from './add-human-user.ts';
import { ownerOf } from './check-password.ts';
import { addContactCode, type CodeMedium, checkTemplate, verifiedEvent } from './contact-codes.ts';
import { changedEvent, normalisePhone } from './contact-details.ts';
import { type NewPassword, passwordChanged, preparePassword } from './password-reset.ts';

/** What is known of a person by name; what is left out stays. */
export type Profile = UserEvents['user.human.profile.changed'];

const COLUMNS = {
  firstName: 'given_name',
  lastName: 'family_name',
  nickName: 'nick_name',
  displayName: 'display_name',
  preferredLanguage: 'preferred_language',
  gender: 'gender',
} as const;

export interface HumanUserChange {
  readonly userId: string;
  readonly username?: string;
  readonly profile?: Profile;
  readonly email?: { readonly value: string; readonly proof: 'verified' | CodeMedium };
  /** `removed`: and with it the codes sent to it. */
  readonly phone?: { readonly value: string; readonly proof: 'verified' | CodeMedium } | 'removed';
  readonly password?: NewPassword;
}

export interface ChangedUser {
  readonly details: ChangeDetails;
  readonly emailCode?: string;
  readonly phoneCode?: string;
}

/**
 * Changes a person in one go, v2. What is so already is no change and no error.
 *
 * @throws DomainError COMMAND-ugjs0upun6 for an unknown person, and what the parts throw.
 */
export async function changeHumanUser(context: CommandContext, input: HumanUserChange): Promise<ChangedUser> {
  const { userId, password } = input;
  const hash = password && (await preparePassword(context, userId, password));
  return context.store.change(async (db) => {
    const user = await loadUser(db, userId);
    if (user?.kind !== 'human') throw notFound('COMMAND-ugjs0upun6', 'Errors.User.NotFound');
    if (Object.keys(input).length > 1) await requireSelfOr(context, db, 'user.write', ownerOf(user));
    const events: NewEvent[] = [];
    if (input.username !== undefined && input.username !== user.username) {
      await requireFreeUsername(db, input.username, user.id);
      events.push(userEvent(ownerOf(user), 'user.username.changed', { userName: input.username }));
    }
    events.push(...profileEvents(user, input.profile ?? {}));
    if (input.phone === 'removed') events.push(userEvent(ownerOf(user), 'user.human.phone.removed', {}));
    if (password && hash) events.push(await passwordChanged(context, db, user, password, hash));
    const changed = events.length > 0 ? await appendAll(context, db, events) : undefined;
    const email = input.email && (await applyContact(context, db, user, 'email', input.email));
    const number = input.phone === 'removed' ? undefined : input.phone;
    const phone = number && (await applyContact(context, db, user, 'phone', number));
    const details = phone?.details ?? email?.details ?? changed ?? (await lastDetails(db, 'user', user.id));
    if (!details) throw new Error('a user without events');
    return {
      details,
      ...(email?.code && { emailCode: email.code }),
      ...(phone?.code && { phoneCode: phone.code }),
    };
  });
}

/** The events of a profile's change: none when all of it is so already. */
function profileEvents(user: UserTable, profile: Profile): readonly NewEvent[] {
  const keys = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
  const changed = keys.filter((key) => profile[key] !== undefined && profile[key] !== user[COLUMNS[key]]);
  if (changed.length === 0) return [];
  const payload: Profile = Object.fromEntries(changed.map((key) => [key, profile[key]]));
  return [userEvent(ownerOf(user), 'user.human.profile.changed', payload)];
}

async function applyContact(
  context: CommandContext,
  db: Database,
  user: UserTable,
  kind: ContactKind,
  { value: given, proof }: { readonly value: string; readonly proof: 'verified' | CodeMedium },
): Promise<{ readonly details?: ChangeDetails; readonly code?: string }> {
  const value = kind === 'phone' && given ? normalisePhone(given) : given;
  const isNew = value !== '' && value !== user[kind];
  const isVerified = kind === 'email' ? user.email_verified : user.phone_verified;
  if (proof !== 'verified') {
    checkTemplate(proof);
    if (!isNew) return {};
    return addContactCode(context, db, { ...user, [kind]: value }, kind, proof, [changedEvent(user, kind, value)]);
  }
  const verified = verifiedEvent(user, kind);
  if (isNew) return { details: await append(context, db, changedEvent(user, kind, value), verified) };
  return isVerified ? {} : { details: await append(context, db, verified) };
}

/**
 * Changes a person's names, v1: all of them.
 *
 * @throws DomainError COMMAND-3M9sd for an unknown person, COMMAND-2M0fs when nothing would change.
 */
export function changeProfile(
  context: CommandContext,
  input: { readonly userId: string; readonly resourceOwner: string; readonly profile: Profile },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const user = await loadUser(db, input.userId);
    if (user?.kind !== 'human' || user.organisation_id !== input.resourceOwner) {
      throw failedPrecondition('COMMAND-3M9sd', 'Errors.User.Profile.NotFound');
    }
    await requireSelfOr(context, db, 'user.write', ownerOf(user));
    const events = profileEvents(user, input.profile);
    if (events.length === 0) throw failedPrecondition('COMMAND-2M0fs', 'Errors.User.Profile.NotChanged');
    return appendAll(context, db, events);
  });
}
