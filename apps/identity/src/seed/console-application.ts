import * as z from 'zod';
import { systemContext } from '../commands/context.ts';
import { type ApplicationKeyFile, addApplicationKey } from '../commands/projects/application-keys.ts';
import { AUTH_METHOD, addOidcApplication, changeOidcApplication } from '../commands/projects/applications.ts';
import { addProject } from '../commands/projects/projects.ts';
import type { DataFolder } from '../data/folder.ts';
import { DomainError } from '../domain/errors.ts';
import type { Store } from '../store/open-store.ts';

/** Where its key lies, in the data folder. */
export const APPLICATION_FILE = 'console-application.json';

const NAME = 'Latchkey';

const applicationFile = z.object({ appId: z.string() });

/** `zitadel.app.v1.OIDCGrantType`: authorization code and refresh token. */
const GRANT_TYPES = [0, 2];

/**
 * Makes the console's application: web, code and refresh tokens, private_key_jwt, in a project of its own, because the
 * audience of an ID token names every client of its project.
 *
 * @param publicUrl origin of the console.
 * @returns its key, of which the private half is kept nowhere else.
 */
export async function addConsoleApplication(
  store: Store,
  organisationId: string,
  publicUrl: string,
): Promise<ApplicationKeyFile> {
  const context = systemContext(store);
  const { projectId } = await addProject(context, { organisationId, name: NAME });
  const { applicationId } = await addOidcApplication(context, {
    projectId,
    name: NAME,
    configuration: {
      ...addressesOf(publicUrl),
      grantTypes: GRANT_TYPES,
      authMethodType: AUTH_METHOD.privateKeyJwt,
    },
  });
  const { file } = await addApplicationKey(context, { applicationId });
  if (!file) throw new Error('the application has no key');
  return file;
}

/** Lets the application's addresses follow the console's address. Does nothing when somebody removed it. */
export async function followConsole(store: Store, folder: DataFolder, publicUrl: string): Promise<void> {
  const text = folder.read(APPLICATION_FILE);
  if (text === undefined) return;
  const { appId: applicationId } = applicationFile.parse(JSON.parse(text));
  try {
    await changeOidcApplication(systemContext(store), { applicationId, configuration: addressesOf(publicUrl) });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

function addressesOf(publicUrl: string) {
  return {
    redirectUris: [`${publicUrl}/bff/callback`],
    postLogoutRedirectUris: [`${publicUrl}/signed-out`],
    backChannelLogoutUri: `${publicUrl}/bff/backchannel-logout`,
  };
}
