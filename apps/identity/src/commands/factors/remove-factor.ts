import { failedPrecondition, notFound } from '../../domain/errors.ts';
import { type ChangeDetails, userEvent } from '../../domain/events.ts';
import { factorMissing, type WebAuthnKind } from '../../domain/factors.ts';
import { lastDetails } from '../../store/event-store.ts';
import { loadFactor, loadFormerOwner, loadToken, loadUser } from '../../store/load.ts';
import type { Database } from '../../store/tables.ts';
import { append, type CommandContext } from '../context.ts';
import { isSelf, requirePermission, requireSelfOr } from '../permission.ts';

export interface FactorOwner {
  readonly userId: string;
  /** v1: the organisation in which the user must be. v2 finds them wherever they are. */
  readonly resourceOwner?: string;
}

/**
 * Removes codes by email. The right is asked for before the factor is looked for (zitadel.md 2.1, 2.2).
 *
 * @throws DomainError COMMAND-b312D without the factor; COMMAND-4g3xq (v2) for a user who never was.
 */
export function removeOtpEmail(context: CommandContext, input: FactorOwner): Promise<ChangeDetails> {
  return removeOneTimeCodes(context, input, 'otpEmail');
}

/** Removes codes by SMS. @throws DomainError COMMAND-Sr3h3 without the factor; COMMAND-4g3xq (v2) as above. */
export function removeOtpSms(context: CommandContext, input: FactorOwner): Promise<ChangeDetails> {
  return removeOneTimeCodes(context, input, 'otpSms');
}

function removeOneTimeCodes(
  context: CommandContext,
  { userId, resourceOwner }: FactorOwner,
  kind: 'otpEmail' | 'otpSms',
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const factor = await loadFactor(db, userId, kind);
    // Of a user of another organisation v1 sees no event at all, so the right is asked for in its own.
    const visible = factor && (!resourceOwner || factor.organisation_id === resourceOwner) ? factor : undefined;
    const organisationId = resourceOwner ?? (isSelf(context, userId) ? '' : await requireOwner(db, userId));
    await requireSelfOr(context, db, 'user.write', { id: userId, organisationId });
    if (!visible) throw factorMissing(kind);
    const type = kind === 'otpEmail' ? 'user.human.mfa.otp.email.removed' : 'user.human.mfa.otp.sms.removed';
    return append(context, db, userEvent({ id: userId, organisationId: visible.organisation_id }, type, {}));
  });
}

async function requireOwner(db: Database, userId: string): Promise<string> {
  const owner = await loadFormerOwner(db, userId);
  if (owner === undefined) throw notFound('COMMAND-4g3xq', 'Errors.NotFound');
  return owner;
}

/**
 * Removes the authenticator app, also one that was never confirmed. Looked for before the right is asked for.
 *
 * @throws DomainError COMMAND-Hd9sd without one, also for an unknown user.
 */
export function removeTotp(context: CommandContext, { userId, resourceOwner }: FactorOwner): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const factor = await loadFactor(db, userId, 'totp');
    if (!factor || (resourceOwner && factor.organisation_id !== resourceOwner)) throw factorMissing('totp');
    const user = { id: userId, organisationId: factor.organisation_id };
    await requireSelfOr(context, db, 'user.write', user);
    return append(context, db, userEvent(user, 'user.human.mfa.otp.removed', {}));
  });
}

/**
 * Removes a security key or passkey, also one that was never confirmed. Looked for before the right is asked for. ZITADEL
 * takes the id of either kind for either kind; the event, and what the list still shows, go by the kind asked for.
 *
 * @throws DomainError COMMAND-DAfb2 for an unknown token, also of an unknown user.
 */
export function removeWebAuthnToken(
  context: CommandContext,
  { userId, resourceOwner, tokenId, kind }: FactorOwner & { readonly tokenId: string; readonly kind: WebAuthnKind },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const token = await loadToken(db, userId, tokenId);
    if (!token || (resourceOwner && token.organisation_id !== resourceOwner)) throw factorMissing(kind);
    const user = { id: userId, organisationId: token.organisation_id };
    await requireSelfOr(context, db, 'user.write', user);
    const type = kind === 'u2f' ? 'user.human.mfa.u2f.token.removed' : 'user.human.passwordless.token.removed';
    return append(context, db, userEvent(user, type, { webAuthNTokenId: tokenId }));
  });
}

/**
 * Removes recovery codes. Without any it succeeds and no event is written; with some the details are those from before
 * (zitadel.md 3.1).
 *
 * @throws DomainError COMMAND-d9u8q for a locked user; COMMAND-4g3xq for one who never was.
 */
export function removeRecoveryCodes(context: CommandContext, { userId }: FactorOwner): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const organisationId = await requireOwner(db, userId);
    if (!isSelf(context, userId)) await requirePermission(context, db, 'user.credential.write', organisationId);
    const user = await loadUser(db, userId);
    if (user?.state === 'locked') throw failedPrecondition('COMMAND-d9u8q', 'Errors.User.Locked');
    const before = await lastDetails(db, 'user', userId);
    if (await loadFactor(db, userId, 'recoveryCodes')) {
      await append(context, db, userEvent({ id: userId, organisationId }, 'user.human.mfa.recoverycode.removed', {}));
    }
    if (!before) throw notFound('COMMAND-4g3xq', 'Errors.NotFound');
    return before;
  });
}
