import { failedPrecondition, invalidArgument, notFound } from '../../domain/errors.ts';
import { type ChangeDetails, type NewEvent, userEvent } from '../../domain/events.ts';
import { loadUser } from '../../store/load.ts';
import type { Database } from '../../store/tables.ts';
import { appendAll, type CommandContext } from '../context.ts';
import { requirePermission } from '../permission.ts';

export interface MetadataEntry {
  readonly key: string;
  readonly value: Uint8Array;
}

interface Reference {
  readonly userId: string;
  /** Organisation in which the user must be, v1; default: wherever they are. */
  readonly resourceOwner?: string;
}

/**
 * Notes something on a user. What is noted needs the right to write users, also for oneself.
 *
 * @throws DomainError META-9mm2d for nothing, COMMAND-uXHNj for an unknown user, META-2m00f for an empty key or value.
 */
export function setUserMetadata(
  context: CommandContext,
  input: Reference & { readonly entries: readonly MetadataEntry[] },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    if (input.entries.length === 0) throw failedPrecondition('META-9mm2d', 'Errors.Metadata.NoData');
    const user = await requireUser(db, input);
    await requirePermission(context, db, 'user.write', user.organisationId);
    return appendAll(context, db, metadataEvents(user, input.entries));
  });
}

/** @throws DomainError META-2m00f for an empty key or value. */
export function metadataEvents(
  user: { readonly id: string; readonly organisationId: string },
  entries: readonly MetadataEntry[],
): readonly NewEvent[] {
  return entries.map(({ key, value }) => {
    if (key === '' || value.length === 0) throw invalidArgument('META-2m00f', 'Errors.Metadata.Invalid');
    return userEvent(user, 'user.metadata.set', { key, value: Buffer.from(value).toString('base64') });
  });
}

/**
 * Takes notes away; all of them, or none when one is not there.
 *
 * @throws DomainError META-9mm2d for no key, COMMAND-m29ds for an empty one, META-2nnds (one alone by v1: META-ncnw3)
 *   for one that is not there.
 */
export function removeUserMetadata(
  context: CommandContext,
  input: Reference & { readonly keys: readonly string[]; readonly one?: boolean },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    if (input.keys.length === 0) throw failedPrecondition('META-9mm2d', 'Errors.Metadata.NoData');
    const user = await requireUser(db, input);
    await requirePermission(context, db, 'user.write', user.organisationId);
    const rows = await db.selectFrom('user_metadata').select('key').where('user_id', '=', user.id).execute();
    const events = input.keys.map((key) => {
      if (key === '') throw invalidArgument('COMMAND-m29ds', 'Errors.Metadata.Invalid');
      if (!rows.some((row) => row.key === key)) {
        throw input.one
          ? notFound('META-ncnw3', 'Errors.Metadata.NotFound')
          : notFound('META-2nnds', 'Errors.Metadata.KeyNotExisting');
      }
      return userEvent(user, 'user.metadata.removed', { key });
    });
    return appendAll(context, db, events);
  });
}

async function requireUser(db: Database, { userId, resourceOwner }: Reference) {
  const user = await loadUser(db, userId);
  if (!user || (resourceOwner !== undefined && user.organisation_id !== resourceOwner)) {
    throw failedPrecondition('COMMAND-uXHNj', 'Errors.User.NotFound');
  }
  return { id: user.id, organisationId: user.organisation_id };
}
