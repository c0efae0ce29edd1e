import { rmSync } from 'node:fs';
import { findProject, removeProject } from '../zitadel/applications/projects.ts';
import { countApplications, findApplication, removeApplication } from '../zitadel/applications/web-applications.ts';
import { ConnectFault } from './connect-fault.ts';
import { applicationName, type ConnectWork, projectName, wantedApplication } from './connect-work.ts';
import { removeVariables } from './connection-env.ts';
import type { ConnectionRecord } from './connection-record.ts';

/**
 * Takes back what `connect` made, and only that; what it found stays. Can be run again after any kill.
 *
 * @throws ConnectFault when there is nothing of this ZITADEL; ConnectError, UpstreamFault
 */
export async function disconnect(work: ConnectWork, issuer: string): Promise<void> {
  const { record, files, dryRun, say } = work;
  const { current } = record;
  if (!current) return say('there', 'nothing: this data folder is not connected');
  if (current.issuer !== issuer) {
    throw new ConnectFault(`This data folder is connected to ${current.issuer}, not to ${issuer}.`);
  }
  const projectId = await findOurProject(work, current);
  if (projectId) {
    await takeApplication(work, current, projectId);
    await takeProject(work, current, projectId);
  }
  if (dryRun) return say('would remove', `${files.key} and ${files.variables}`);
  removeVariables(files.variables);
  rmSync(files.key, { force: true });
  // The last of all: as long as it is there, another run goes on.
  record.remove();
  say('removed', `${files.key} and ${files.variables}`);
}

async function findOurProject(
  { zitadel, caller }: ConnectWork,
  { project }: ConnectionRecord,
): Promise<string | undefined> {
  if (!project) return undefined;
  return project.state === 'asked' ? findProject(zitadel, caller, projectName) : project.id;
}

async function takeApplication(work: ConnectWork, current: ConnectionRecord, projectId: string): Promise<void> {
  const { zitadel, caller, dryRun, say } = work;
  const { application, publicUrl } = current;
  const what = `application "${applicationName(publicUrl)}"`;
  if (!application) return;
  if (application.state === 'found') return say('kept', `${what}: it was made by somebody else`);
  const place = { projectId, name: applicationName(publicUrl) };
  const id =
    application.state === 'made'
      ? application.id
      : (await findApplication(zitadel, caller, place, wantedApplication(publicUrl, true)))?.id;
  if (id === undefined) return;
  if (dryRun) return say('would remove', `${what} and its keys`);
  const removed = await removeApplication(zitadel, caller, projectId, id);
  say('removed', removed ? `${what} and its keys` : `${what}: it was gone already`);
}

async function takeProject(work: ConnectWork, { project }: ConnectionRecord, projectId: string): Promise<void> {
  const { zitadel, caller, dryRun, say } = work;
  const what = `project "${projectName}" (${projectId})`;
  if (project?.state === 'found') return say('kept', `${what}: it was made by somebody else`);
  // In a dry run our own application is still in it.
  const others = await countApplications(zitadel, caller, projectId);
  if (others > (dryRun ? 1 : 0)) return say('kept', `${what}: other applications are in it`);
  if (dryRun) return say('would remove', what);
  const removed = await removeProject(zitadel, caller, projectId);
  say('removed', removed ? what : `${what}: it was gone already`);
}
