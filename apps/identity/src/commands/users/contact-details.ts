import { CONTACT_REFUSALS, type ContactKind } from '../../domain/contact.ts';
import { type DomainError, failedPrecondition, invalidArgument, notFound } from '../../domain/errors.ts';
import { type ChangeDetails, type NewEvent, userEvent } from '../../domain/events.ts';
import { loadUser } from '../../store/load.ts';
import type { Database, UserTable } from '../../store/tables.ts';
import { append, type CommandContext } from '../context.ts';
import { compareCode } from '../factors/one-time-codes.ts';
import { requirePermission, requireSelfOr } from '../permission.ts';
import { ownerOf } from './check-password.ts';
import { addContactCode, type CodeMedium, checkTemplate, verificationFailed, verifiedEvent } from './contact-codes.ts';

/** Whose address. `resourceOwner` given: v1's command, which has error ids of its own. */
export interface ContactReference {
  readonly userId: string;
  readonly kind: ContactKind;
  readonly resourceOwner?: string;
}

export interface ContactChange {
  readonly details: ChangeDetails;
  /** Only where the caller asked for it. */
  readonly code?: string;
}

/**
 * Gives a person another address or number. To say that it is verified takes the right to, also for oneself.
 *
 * @param input.proof `verified`: nothing is to be proved.
 * @throws DomainError as domain/contact.ts says; PHONE-Zt0NV and PHONE-so0wa for what is no number.
 */
export function changeContact(
  context: CommandContext,
  input: ContactReference & { readonly value: string; readonly proof: 'verified' | CodeMedium },
): Promise<ContactChange> {
  const { kind, proof } = input;
  return context.store.change(async (db) => {
    if (proof !== 'verified') checkTemplate(proof);
    const refusals = refusalsFor(input);
    const user = await requireReachable(db, input, refusals.unknown, refusals.initial);
    if (proof === 'verified') await requirePermission(context, db, 'user.write', user.organisation_id);
    else await requireSelfOr(context, db, 'user.write', ownerOf(user));
    const value = kind === 'phone' ? normalisePhone(input.value) : input.value;
    if (user[kind] === value) throw refusals.unchanged();
    const changed = changedEvent(user, kind, value);
    if (proof === 'verified') return { details: await append(context, db, changed, verifiedEvent(user, kind)) };
    return addContactCode(context, db, { ...user, [kind]: value }, kind, proof, [changed]);
  });
}

export function changedEvent(user: UserTable, kind: ContactKind, value: string): NewEvent {
  return kind === 'email'
    ? userEvent(ownerOf(user), 'user.human.email.changed', { email: value })
    : userEvent(ownerOf(user), 'user.human.phone.changed', { phone: value });
}

/**
 * Sends another code.
 *
 * @param input.again v2's "resend", which wants one to be waiting; its "send" and v1 do not.
 * @throws DomainError as domain/contact.ts says.
 */
export function sendContactCode(
  context: CommandContext,
  input: ContactReference & { readonly medium: CodeMedium; readonly again: boolean },
): Promise<ContactChange> {
  const { kind, medium } = input;
  return context.store.change(async (db) => {
    checkTemplate(medium);
    const refusals = refusalsFor(input);
    const user = await requireReachable(db, input, refusals.nobodyToSendTo, refusals.notInitialised);
    await requireSelfOr(context, db, 'user.write', ownerOf(user));
    if (!user[kind]) throw refusals.noNumber();
    const verified = kind === 'email' ? user.email_verified : user.phone_verified;
    if (input.resourceOwner !== undefined && verified) throw refusals.nothingToProve();
    if (input.again && !(await loadCode(db, user.id, kind))) throw refusals.nothingToProve();
    return addContactCode(context, db, user, kind, medium);
  });
}

/**
 * Proves an address by the code that was sent to it. Needs no right: whoever has the code has the address.
 *
 * @throws DomainError COMMAND-Fia4a for no code at all, COMMAND-eis9R (v1: domain/contact.ts) for a wrong or old one.
 */
export async function verifyContact(
  context: CommandContext,
  input: ContactReference & { readonly code: string },
): Promise<ChangeDetails> {
  const outcome = await context.store.change(async (db): Promise<ChangeDetails | DomainError> => {
    const refusals = refusalsFor(input);
    const user = await requireReachable(db, input, refusals.unknown, refusals.initial);
    if (input.code === '') throw invalidArgument('COMMAND-Fia4a', 'Errors.User.Code.Empty');
    const waiting = await loadCode(db, user.id, input.kind);
    if (!waiting && input.resourceOwner !== undefined) throw refusals.noCode();
    if (waiting && !compareCode(context, user.id, waiting, input.code)) {
      return append(context, db, verifiedEvent(user, input.kind));
    }
    // Thrown in here, the refusal would undo the event.
    await append(context, db, verificationFailed(user, input.kind));
    return refusals.wrongCode();
  });
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

/**
 * Takes a person's phone number away, and with it the codes sent to it (zitadel.md 2.3).
 *
 * @param input.resourceOwner given: v1's command, which has error ids of its own.
 * @throws DomainError COMMAND-ieJ2e without a number, also for an unknown person; v1: COMMAND-p6rsc, COMMAND-3M9fs.
 */
export function removePhone(
  context: CommandContext,
  input: { readonly userId: string; readonly resourceOwner?: string },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const isV1 = input.resourceOwner !== undefined;
    const unknown = () =>
      isV1
        ? failedPrecondition('COMMAND-3M9fs', 'Errors.User.NotFound')
        : notFound('COMMAND-ieJ2e', 'Errors.User.Phone.NotFound');
    const user = await requireReachable(db, input, unknown);
    await requireSelfOr(context, db, 'user.write', ownerOf(user));
    if (!user.phone) throw notFound(isV1 ? 'COMMAND-p6rsc' : 'COMMAND-ieJ2e', 'Errors.User.Phone.NotFound');
    return append(context, db, userEvent(ownerOf(user), 'user.human.phone.removed', {}));
  });
}

/**
 * A number in E.164. ZITADEL takes one without a country for a Swiss one; here it is refused.
 *
 * @throws DomainError PHONE-Zt0NV for nothing, PHONE-so0wa for what is no number.
 */
export function normalisePhone(text: string): string {
  const number = text.replace(/[\s().-]/g, '');
  if (number === '') throw invalidArgument('PHONE-Zt0NV', 'Errors.User.Phone.Empty');
  if (!/^\+[1-9]\d{4,14}$/.test(number)) throw invalidArgument('PHONE-so0wa', 'Errors.User.Phone.Invalid');
  return number;
}

function refusalsFor({ kind, resourceOwner }: ContactReference) {
  return CONTACT_REFUSALS[resourceOwner === undefined ? 'v2' : 'v1'][kind];
}

async function requireReachable(
  db: Database,
  { userId, resourceOwner }: Pick<ContactReference, 'userId' | 'resourceOwner'>,
  unknown: () => DomainError,
  initial?: () => DomainError,
): Promise<UserTable> {
  const user = await loadUser(db, userId);
  const elsewhere = resourceOwner !== undefined && user?.organisation_id !== resourceOwner;
  if (user?.kind !== 'human' || elsewhere) throw unknown();
  if (initial && user.state === 'initial') throw initial();
  return user;
}

function loadCode(db: Database, userId: string, kind: ContactKind) {
  return db
    .selectFrom('codes')
    .selectAll()
    .where('user_id', '=', userId)
    .where('purpose', '=', kind === 'email' ? 'emailVerification' : 'phoneVerification')
    .executeTakeFirst();
}
