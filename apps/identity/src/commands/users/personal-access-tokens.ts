import { randomBytes } from 'node:crypto';
import { failedPrecondition, invalidArgument, notFound } from '../../domain/errors.ts';
import { type ChangeDetails, userEvent } from '../../domain/events.ts';
import { loadUser } from '../../store/load.ts';
import { newId } from '../../store/new-id.ts';
import { hashToken } from '../../store/vault.ts';
import { append, type CommandContext } from '../context.ts';
import { requirePermission } from '../permission.ts';

/** ZITADEL's own end of a token without one: the year 9999. */
const NEVER = Date.UTC(9999, 11, 31, 23, 59, 59);

export interface NewPersonalAccessToken {
  readonly userId: string;
  /** Organisation in which the machine user must be; default: wherever it is. */
  readonly resourceOwner?: string;
  /** Epoch milliseconds; default: never. */
  readonly expiresAt?: number;
}

export interface AddedPersonalAccessToken {
  readonly tokenId: string;
  /** Shown this once; only its hash is kept. */
  readonly token: string;
  readonly details: ChangeDetails;
}

/**
 * @throws DomainError COMMAND-Dggw2 for an unknown user, COMMAND-Df2f1 for a person (only machines have tokens),
 *   DOMAIN-dv3t5 for an end in the past.
 */
export function addPersonalAccessToken(
  context: CommandContext,
  input: NewPersonalAccessToken,
): Promise<AddedPersonalAccessToken> {
  if (input.expiresAt !== undefined && input.expiresAt < context.now()) {
    return Promise.reject(invalidArgument('DOMAIN-dv3t5', 'Errors.AuthNKey.ExpireBeforeNow'));
  }
  return context.store.change(async (db) => {
    const user = await loadUser(db, input.userId);
    if (!user || (input.resourceOwner && user.organisation_id !== input.resourceOwner)) {
      throw failedPrecondition('COMMAND-Dggw2', 'Errors.User.NotFound');
    }
    if (user.kind !== 'machine') throw failedPrecondition('COMMAND-Df2f1', 'Errors.User.WrongType');
    await requirePermission(context, db, 'user.write', user.organisation_id);
    const tokenId = newId();
    const token = randomBytes(48).toString('base64url');
    const added = userEvent({ id: user.id, organisationId: user.organisation_id }, 'user.pat.added', {
      tokenId,
      expiration: input.expiresAt ?? NEVER,
      tokenHash: hashToken(token),
    });
    return { tokenId, token, details: await append(context, db, added) };
  });
}

/** @throws DomainError COMMAND-4m77G when there is no such token. */
export function removePersonalAccessToken(
  context: CommandContext,
  input: { readonly userId: string; readonly tokenId: string; readonly resourceOwner?: string },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const token = await db
      .selectFrom('personal_access_tokens')
      .selectAll()
      .where('id', '=', input.tokenId)
      .where('user_id', '=', input.userId)
      .executeTakeFirst();
    if (!token || (input.resourceOwner && token.organisation_id !== input.resourceOwner)) {
      throw notFound('COMMAND-4m77G', 'Errors.User.PAT.NotFound');
    }
    await requirePermission(context, db, 'user.write', token.organisation_id);
    const user = { id: token.user_id, organisationId: token.organisation_id };
    return append(context, db, userEvent(user, 'user.pat.removed', { tokenId: token.id }));
  });
}
