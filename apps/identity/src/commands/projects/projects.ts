import { alreadyExists, notFound } from '../../domain/errors.ts';
import type { ChangeDetails } from '../../domain/events.ts';
import type { Database } from '../../store/event-store.ts';
import { newId } from '../../store/new-id.ts';
import { append, type CommandContext } from '../context.ts';
import { requirePermission } from '../permission.ts';

/** @throws DomainError V3-DKcYh when the organisation has a project of that name. */
export function addProject(
  context: CommandContext,
  input: { readonly organisationId: string; readonly name: string },
): Promise<{ readonly projectId: string; readonly details: ChangeDetails }> {
  return context.store.change(async (db) => {
    await requirePermission(context, db, 'project.create', input.organisationId);
    const taken = await db
      .selectFrom('projects')
      .select('id')
      .where('organisation_id', '=', input.organisationId)
      .where('name', '=', input.name)
      .executeTakeFirst();
    if (taken) throw alreadyExists('V3-DKcYh', 'Errors.Project.AlreadyExists');
    const projectId = newId();
    const details = await append(context, db, {
      ...aggregateOf({ id: projectId, organisation_id: input.organisationId }),
      type: 'project.added',
      payload: { name: input.name },
    });
    return { projectId, details };
  });
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
