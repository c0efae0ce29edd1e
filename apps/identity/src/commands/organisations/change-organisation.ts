import { alreadyExists, failedPrecondition, notFound } from '../../domain/errors.ts';
import type { ChangeDetails } from '../../domain/events.ts';
import { loadInstance } from '../../store/load.ts';
import type { Database, OrganisationTable } from '../../store/tables.ts';
import { append, type CommandContext } from '../context.ts';
import { requirePermission } from '../permission.ts';

interface Organisation {
  readonly organisationId: string;
}

/** @throws DomainError ORG-1MRds for an unknown one, ORG-4VSdf for the same name, V3-DKcYh for another's. */
export function renameOrganisation(
  context: CommandContext,
  { organisationId, name }: Organisation & { readonly name: string },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const organisation = await requireOrganisation(db, organisationId, 'ORG-1MRds');
    await requirePermission(context, db, 'org.write', organisationId);
    if (organisation.name === name) throw failedPrecondition('ORG-4VSdf', 'Errors.Org.NotChanged');
    const taken = await db.selectFrom('organisations').select('id').where('name', '=', name).executeTakeFirst();
    if (taken) throw alreadyExists('V3-DKcYh', 'Errors.Org.AlreadyExists');
    return append(context, db, { ...aggregateOf(organisationId), type: 'org.changed', payload: { name } });
  });
}

/** @throws DomainError ORG-oL9nT for an unknown one, EVENT-Dbs2g when it is so already. */
export function deactivateOrganisation(
  context: CommandContext,
  { organisationId }: Organisation,
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const { state } = await requireOrganisation(db, organisationId, 'ORG-oL9nT');
    await requirePermission(context, db, 'org.write', organisationId);
    if (state === 'inactive') throw failedPrecondition('EVENT-Dbs2g', 'Errors.Org.AlreadyDeactivated');
    return append(context, db, { ...aggregateOf(organisationId), type: 'org.deactivated', payload: {} });
  });
}

/** @throws DomainError ORG-Dgf3g for an unknown one, EVENT-bfnrh when it is so already. */
export function reactivateOrganisation(
  context: CommandContext,
  { organisationId }: Organisation,
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const { state } = await requireOrganisation(db, organisationId, 'ORG-Dgf3g');
    await requirePermission(context, db, 'org.write', organisationId);
    if (state === 'active') throw failedPrecondition('EVENT-bfnrh', 'Errors.Org.AlreadyActive');
    return append(context, db, { ...aggregateOf(organisationId), type: 'org.reactivated', payload: {} });
  });
}

/** @throws DomainError COMMA-aps2n for an unknown one, COMMA-wG9p1 for the instance's own. */
export function removeOrganisation(context: CommandContext, { organisationId }: Organisation): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    await requirePermission(context, db, 'org.delete', organisationId);
    const { default_organisation_id } = await loadInstance(db);
    if (default_organisation_id === organisationId) {
      throw failedPrecondition('COMMA-wG9p1', 'Errors.Org.DefaultOrgNotDeletable');
    }
    await requireOrganisation(db, organisationId, 'COMMA-aps2n');
    return append(context, db, { ...aggregateOf(organisationId), type: 'org.removed', payload: {} });
  });
}

function aggregateOf(id: string) {
  return { aggregateType: 'org', aggregateId: id, resourceOwner: id } as const;
}

async function requireOrganisation(db: Database, id: string, missingId: string): Promise<OrganisationTable> {
  const row = await db.selectFrom('organisations').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound(missingId, 'Errors.Org.NotFound');
  return row;
}
