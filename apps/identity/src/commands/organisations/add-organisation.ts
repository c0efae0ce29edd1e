import { alreadyExists } from '../../domain/errors.ts';
import type { ChangeDetails } from '../../domain/events.ts';
import { newId } from '../../store/new-id.ts';
import type { Database } from '../../store/tables.ts';
import { append, type CommandContext } from '../context.ts';
import { requirePermission } from '../permission.ts';

export interface AddedOrganisation {
  readonly organisationId: string;
  readonly details: ChangeDetails;
}

/** @throws DomainError V3-DKcYh when the name is taken. */
export function addOrganisation(
  context: CommandContext,
  input: { readonly name: string; readonly organisationId?: string },
): Promise<AddedOrganisation> {
  return context.store.change(async (db) => {
    await requirePermission(context, db, 'org.create', '');
    return addOrganisationWithin(context, db, input);
  });
}

/** The inner part, for the set-up. */
export async function addOrganisationWithin(
  context: CommandContext,
  db: Database,
  input: { readonly name: string; readonly organisationId?: string },
): Promise<AddedOrganisation> {
  const taken = await db.selectFrom('organisations').select('id').where('name', '=', input.name).executeTakeFirst();
  if (taken) throw alreadyExists('V3-DKcYh', 'Errors.Org.AlreadyExists');
  const id = input.organisationId || newId();
  const about = { aggregateType: 'org', aggregateId: id, resourceOwner: id } as const;
  const domain = domainOf(input.name);
  const details = await append(
    context,
    db,
    { ...about, type: 'org.added', payload: { name: input.name } },
    { ...about, type: 'org.domain.added', payload: { domain } },
    { ...about, type: 'org.domain.verified', payload: { domain } },
    { ...about, type: 'org.domain.primary.set', payload: { domain } },
  );
  return { organisationId: id, details };
}

/** `Acme 7` has the domain `acme-7.localhost`: small letters, what is no letter or digit is a hyphen. */
export function domainOf(name: string): string {
  const label = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${label}.localhost`;
}
