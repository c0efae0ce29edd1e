import { failedPrecondition, notFound } from '../../domain/errors.ts';
import type { ChangeDetails } from '../../domain/events.ts';
import { append, type CommandContext } from '../context.ts';
import { requirePermission } from '../permission.ts';
import { type ApplicationReference, projectOf, requireApplication } from './applications.ts';
import { aggregateOf, loadProject } from './projects.ts';

/**
 * Deactivates a project: nobody signs in to its applications until it is reactivated.
 *
 * @throws DomainError COMMAND-112M9 for an unknown project, COMMAND-mki55 when it is inactive.
 */
export function deactivateProject(context: CommandContext, input: ProjectReference): Promise<ChangeDetails> {
  return setProjectState(context, input, 'inactive');
}

/** @throws DomainError COMMAND-3M9sd for an unknown project, COMMAND-5M9bs when it is active. */
export function reactivateProject(context: CommandContext, input: ProjectReference): Promise<ChangeDetails> {
  return setProjectState(context, input, 'active');
}

interface ProjectReference {
  readonly projectId: string;
  readonly resourceOwner: string;
}

const PROJECT = {
  inactive: {
    unknown: 'COMMAND-112M9',
    already: () => failedPrecondition('COMMAND-mki55', 'Errors.Project.NotActive'),
    event: 'project.deactivated',
  },
  active: {
    unknown: 'COMMAND-3M9sd',
    already: () => failedPrecondition('COMMAND-5M9bs', 'Errors.Project.NotInactive'),
    event: 'project.reactivated',
  },
} as const;

function setProjectState(
  context: CommandContext,
  { projectId, resourceOwner }: ProjectReference,
  state: 'active' | 'inactive',
): Promise<ChangeDetails> {
  const { unknown, already, event } = PROJECT[state];
  return context.store.change(async (db) => {
    const project = await loadProject(db, projectId);
    if (project?.organisation_id !== resourceOwner) throw notFound(unknown, 'Errors.Project.NotFound');
    if (project.state === state) throw already();
    await requirePermission(context, db, 'project.write', project.organisation_id);
    return append(context, db, { ...aggregateOf(project), type: event, payload: {} });
  });
}

const APPLICATION = {
  inactive: {
    already: () => failedPrecondition('COMMAND-dsh35', 'Errors.Project.App.NotActive'),
    event: 'project.application.deactivated',
  },
  active: {
    already: () => failedPrecondition('COMMAND-1n8cM', 'Errors.Project.App.NotInactive'),
    event: 'project.application.reactivated',
  },
} as const;

/**
 * Deactivates an application, or reactivates it. An inactive one is for its clients as if it were not there.
 *
 * @throws DomainError COMMAND-ov9d3 for an unknown application, COMMAND-dsh35 or COMMAND-1n8cM when it is so already.
 */
export function setApplicationState(
  context: CommandContext,
  input: ApplicationReference & { readonly state: 'active' | 'inactive' },
): Promise<ChangeDetails> {
  const { already, event } = APPLICATION[input.state];
  return context.store.change(async (db) => {
    const application = await requireApplication(db, input, 'COMMAND-ov9d3');
    if (application.state === input.state) throw already();
    await requirePermission(context, db, 'project.app.write', application.organisation_id);
    return append(context, db, { ...projectOf(application), type: event, payload: { appId: application.id } });
  });
}
