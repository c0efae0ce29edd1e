import type { ContactKind } from '../../domain/contact.ts';
import { type ChangeDetails, type NewEvent, userEvent } from '../../domain/events.ts';
import type { Database, UserTable } from '../../store/tables.ts';
import { append, type CommandContext } from '../context.ts';
import { deliver } from '../deliver.ts';
import { macOf } from '../factors/one-time-codes.ts';
import { fillUrlTemplate } from '../fill-url-template.ts';
import { newLetterCode } from '../new-code.ts';
import { ownerOf } from './check-password.ts';

/** How the code that proves an address reaches the person; `return` hands it to the caller. */
export type CodeMedium = { readonly kind: 'send'; readonly urlTemplate?: string } | { readonly kind: 'return' };

/** ZITADEL's lifetime of such a code. */
const LIFETIME = 3_600_000;

const EVENT = {
  email: {
    added: 'user.human.email.code.added',
    sent: 'user.human.email.code.sent',
    verified: 'user.human.email.verified',
    failed: 'user.human.email.verification.failed',
  },
  phone: {
    added: 'user.human.phone.code.added',
    sent: 'user.human.phone.code.sent',
    verified: 'user.human.phone.verified',
    failed: 'user.human.phone.verification.failed',
  },
} as const;

const WHAT = { email: 'email address', phone: 'phone number' } as const;

/** @throws DomainError DOMAIN-oGh5e for a template that cannot be filled. */
export function checkTemplate(medium: CodeMedium | undefined): void {
  if (medium?.kind === 'send' && medium.urlTemplate) {
    fillUrlTemplate(medium.urlTemplate, { UserID: '', OrgID: '', Code: '' });
  }
}

export function verifiedEvent(user: UserTable, kind: ContactKind): NewEvent {
  return userEvent(ownerOf(user), EVENT[kind].verified, {});
}

export function verificationFailed(user: UserTable, kind: ContactKind): NewEvent {
  return userEvent(ownerOf(user), EVENT[kind].failed, {});
}

/**
 * Makes a code for an address, together with the events before it, and sends it.
 *
 * @param user as they are once `before` has happened.
 * @returns the details of the code's event: that it was sent comes after, as on a real server.
 */
export async function addContactCode(
  context: CommandContext,
  db: Database,
  user: UserTable,
  kind: ContactKind,
  medium: CodeMedium,
  before: readonly NewEvent[] = [],
): Promise<{ readonly details: ChangeDetails; readonly code?: string }> {
  const code = newLetterCode(6);
  const codeMac = macOf(context.store.vault, user.id, code);
  const added = userEvent(ownerOf(user), EVENT[kind].added, { codeMac, expiry: context.now() + LIFETIME });
  const [first = added, ...rest] = [...before, added];
  const details = await append(context, db, first, ...rest);
  if (medium.kind === 'return') return { details, code };
  const values = { UserID: user.id, OrgID: user.organisation_id, Code: code };
  const link = medium.urlTemplate && fillUrlTemplate(medium.urlTemplate, values);
  await deliver(context, db, {
    to: user[kind],
    kind: kind === 'email' ? 'email' : 'sms',
    subject: `Verify your ${WHAT[kind]}`,
    text: `${code} is your code to verify this ${WHAT[kind]}. It is good for an hour.${link ? ` ${link}` : ''}`,
    code,
    ...(link && { link }),
  });
  await append(context, db, userEvent(ownerOf(user), EVENT[kind].sent, {}));
  return { details };
}
