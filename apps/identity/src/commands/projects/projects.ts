import { alreadyExists, failedPrecondition, notFound } from '../../domain/errors.ts';
import type { ChangeDetails } from '../../domain/events.ts';
import { newId } from '../../store/new-id.ts';
import type { Database } from '../../store/tables.ts';
import { append, type CommandContext } from '../context.ts';
import { requirePermission } from '../permission.ts';

/** @throws DomainError V3-DKcYh when the organisation has a project of that name. */
export function addProject(
  context: CommandContext,
  input: { readonly organisationId: string; readonly name: string },
): Promise<{ readonly projectId: string; readonly details: ChangeDetails }> {
  return context.store.change(async (db) => {
    await requirePermission(context, db, 'project.create', input.organisationId);
    await requireFreeName(db, input.organisationId, input.name);
    const projectId = newId();
    const details = await append(context, db, {
      ...aggregateOf({ id: projectId, organisation_id: input.organisationId }),
      type: 'project.added',
      payload: { name: input.name },
    });
    return { projectId, details };
  });
}

/** @throws DomainError COMMAND-3M9sd for an unknown project, COMMAND-2M0fs when it is called that already, V3-DKcYh when another is. */
export function changeProject(
  context: CommandContext,
  input: { readonly projectId: string; readonly resourceOwner?: string; readonly name: string },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const project = await loadProject(db, input.projectId);
    if (!project || (input.resourceOwner && project.organisation_id !== input.resourceOwner)) {
      throw notFound('COMMAND-3M9sd', 'Errors.Project.NotFound');
    }
    await requirePermission(context, db, 'project.write', project.organisation_id);
    if (project.name === input.name) throw failedPrecondition('COMMAND-2M0fs', 'Errors.NoChangesFound');
    await requireFreeName(db, project.organisation_id, input.name);
    return append(context, db, { ...aggregateOf(project), type: 'project.changed', payload: { name: input.name } });
  });
}

async function requireFreeName(db: Database, organisationId: string, name: string): Promise<void> {
  const taken = await db
    .selectFrom('projects')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('name', '=', name)
    .executeTakeFirst();
  if (taken) throw alreadyExists('V3-DKcYh', 'Errors.Project.AlreadyExists');
}

/** @throws DomainError COMMAND-3M9sd for an unknown project. */
export function removeProject(
  context: CommandContext,
  input: { readonly projectId: string; readonly resourceOwner?: string },
): Promise<ChangeDetails> {
  return context.store.change(async (db) => {
    const project = await loadProject(db, input.projectId);
    if (!project || (input.resourceOwner && project.organisation_id !== input.resourceOwner)) {
      throw notFound('COMMAND-3M9sd', 'Errors.Project.NotFound');
    }
    await requirePermission(context, db, 'project.delete', project.organisation_id);
    return append(context, db, { ...aggregateOf(project), type: 'project.removed', payload: {} });
  });
}

export function loadProject(db: Database, id: string) {
  return db.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirst();
}

export function aggregateOf(project: { readonly id: string; readonly organisation_id: string }) {
  return { aggregateType: 'project', aggregateId: project.id, resourceOwner: project.organisation_id } as const;
}
