import { type ChangeDetails, userEvent } from '../../domain/events.ts';
import { loadUser } from '../../store/load.ts';
import { newId } from '../../store/new-id.ts';
import { append, type CommandContext } from '../context.ts';
import { deliver } from '../deliver.ts';
import { fillUrlTemplate } from '../fill-url-template.ts';
import { newLetterCode } from '../new-code.ts';
import { macOf } from './one-time-codes.ts';

/** ZITADEL's lifetime of such a link. */
const LIFETIME = 3_600_000;

export type PasskeyLinkMedium = { readonly kind: 'email'; readonly urlTemplate?: string } | { readonly kind: 'return' };

/**
 * Sends (or returns) a link with which the person can register a passkey. The right is asked for by the method alone, in
 * the context's organisation (zitadel.md 3.2).
 *
 * Whether there is such a person is never looked at, as in ZITADEL: for nobody the event is written and nothing sent.
 *
 * @param input.organisationId owner of the event for nobody: the context's organisation.
 * @throws DomainError DOMAIN-oGh5e for a bad template.
 */
export function createPasskeyLink(
  context: CommandContext,
  input: { readonly userId: string; readonly organisationId: string; readonly medium: PasskeyLinkMedium },
): Promise<{ readonly details: ChangeDetails; readonly link?: { readonly id: string; readonly code: string } }> {
  return context.store.change(async (db) => {
    const { medium } = input;
    const template = medium.kind === 'email' ? medium.urlTemplate : undefined;
    if (template) fillUrlTemplate(template, { UserID: '', OrgID: '', CodeID: '', Code: '' });
    const user = await loadUser(db, input.userId);
    const owner = { id: input.userId, organisationId: user?.organisation_id ?? input.organisationId };
    const id = newId();
    const code = newLetterCode(12);
    const payload = { id, codeMac: macOf(context.store.vault, owner.id, code), expiry: context.now() + LIFETIME };
    const requested = userEvent(owner, 'user.human.passwordless.initialization.code.requested', payload);
    const details = await append(context, db, requested);
    if (medium.kind === 'return') return { details, link: { id, code } };
    if (!user) return { details };
    const values = { UserID: user.id, OrgID: user.organisation_id, CodeID: id, Code: code };
    const link = template && fillUrlTemplate(template, values);
    await deliver(context, db, {
      to: user.email,
      kind: 'email',
      subject: 'Add a passkey',
      text: `With this code you can add a passkey: ${id} ${code}. It is good for an hour.${link ? ` ${link}` : ''}`,
      code,
      ...(link && { link }),
    });
    await append(context, db, userEvent(owner, 'user.human.passwordless.initialization.code.sent', { id }));
    return { details };
  });
}
