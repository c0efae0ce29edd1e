import { addProject, findProject, hasProject } from '../zitadel/applications/projects.ts';
import { type ConnectWork, projectName } from './connect-work.ts';

/**
 * The project, made if need be.
 *
 * @returns its id; undefined when a dry run would make it.
 * @throws ConnectError, UpstreamFault
 */
export async function ensureProject({
  zitadel,
  caller,
  record,
  dryRun,
  say,
}: ConnectWork): Promise<string | undefined> {
  const known = record.current?.project;
  if (known && known.state !== 'asked') {
    if (await hasProject(zitadel, caller, known.id)) {
      say('there', `project "${projectName}" (${known.id})`);
      return known.id;
    }
    // Somebody took it away, and the application with it.
    record.write({ project: undefined, application: undefined, key: undefined });
  }
  const found = await findProject(zitadel, caller, projectName);
  if (found) {
    const state = known?.state === 'asked' ? 'made' : 'found';
    record.write({ project: { state, id: found } });
    say('there', `project "${projectName}" (${found})${state === 'found' ? ', made by somebody else' : ''}`);
    return found;
  }
  if (dryRun) {
    say('would make', `project "${projectName}"`);
    return undefined;
  }
  record.write({ project: { state: 'asked' } });
  const id = await addProject(zitadel, caller, projectName);
  record.write({ project: { state: 'made', id } });
  say('made', `project "${projectName}" (${id})`);
  return id;
}
