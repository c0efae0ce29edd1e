import type { OidcDirectory } from '../directory.ts';
import { projectsInScope } from './scopes.ts';

/**
 * Who a token is for: every client of the application's project, the project, and those that the scopes name. The own
 * client comes first.
 *
 * @returns undefined when there is no such application any more.
 */
export async function audienceOf(
  directory: OidcDirectory,
  clientId: string,
  scopes: Iterable<string>,
): Promise<string[] | undefined> {
  const application = await directory.application(clientId);
  if (!application) return undefined;
  const clients = await directory.clientIdsOf(application.projectId);
  const projects = projectsInScope(scopes, directory.zitadelProjectId);
  return [...new Set([clientId, ...clients, application.projectId, ...projects])];
}
