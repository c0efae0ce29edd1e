import { findMissingPermissions, readTokenOwner } from '../zitadel/applications/token-owner.ts';
import { ensureApplication } from './application-step.ts';
import { ConnectFault } from './connect-fault.ts';
import { type ConnectWork, connectionFiles } from './connect-work.ts';
import { type ConnectionVariables, isWritten, writeVariables } from './connection-env.ts';
import { ensureKey } from './key-step.ts';
import { ensureProject } from './project-step.ts';
import type { ConnectArguments } from './read-arguments.ts';

const needed = ['project.create', 'project.app.write'];

/**
 * Makes what Latchkey needs at a ZITADEL, step by step; what is there already is left alone, so that it can be run
 * again at any time and after any kill.
 *
 * @throws ConnectFault, ConnectError, UpstreamFault
 */
export async function connect(work: ConnectWork, wanted: ConnectArguments): Promise<void> {
  refuseOtherConnection(work, wanted);
  const owner = await readTokenOwner(work.zitadel, work.caller);
  const missing = await findMissingPermissions(work.zitadel, work.caller, needed);
  if (missing.length > 0) {
    throw new ConnectFault(
      `The token is that of "${owner}", who lacks ${missing.join(' and ')} in their organisation. ` +
        'ORG_OWNER and IAM_OWNER have them. Nothing was made.',
    );
  }
  work.say('there', `ZITADEL at ${wanted.issuer}, as "${owner}"`);
  work.record.write({ issuer: wanted.issuer, publicUrl: wanted.publicUrl });

  const projectId = await ensureProject(work);
  const application = projectId && (await ensureApplication(work, projectId, wanted.publicUrl));
  if (projectId && application) await ensureKey(work, projectId, application);
  else {
    if (!projectId) work.say('would make', `application for ${wanted.publicUrl}`);
    work.say('would make', `key in ${work.files.key}`);
  }
  writeConnection(work, variablesFor(wanted));
}

function writeConnection({ files, dryRun, say }: ConnectWork, variables: ConnectionVariables): void {
  if (isWritten(files.variables, variables)) {
    say('there', files.variables);
  } else if (dryRun) {
    say('would make', files.variables);
  } else {
    writeVariables(files.variables, variables);
    say('made', `${files.variables}, which "npm start" reads`);
  }
}

/** One data folder is one connection: its sessions and audit belong to one ZITADEL. */
function refuseOtherConnection({ record }: ConnectWork, { issuer, publicUrl }: ConnectArguments): void {
  const { current } = record;
  if (!current) return;
  const other = current.issuer !== issuer ? current.issuer : current.publicUrl !== publicUrl ? current.publicUrl : '';
  if (!other) return;
  throw new ConnectFault(
    `This data folder is connected already: ${current.publicUrl} to ${current.issuer}. Run the same with --remove first, ` +
      'or set LATCHKEY_DATA to another folder.',
  );
}

function variablesFor({ issuer, publicUrl, data, apiUrl, apiHost }: ConnectArguments): ConnectionVariables {
  const { protocol, port } = new URL(publicUrl);
  return {
    LATCHKEY_ISSUER: issuer,
    LATCHKEY_CLIENT_KEY_FILE: connectionFiles(data).key,
    LATCHKEY_PUBLIC_URL: publicUrl,
    // Plain http is on this machine, without a proxy before it: what people type is where the BFF listens.
    PORT: protocol === 'http:' ? port || '80' : undefined,
    LATCHKEY_API_URL: apiUrl,
    LATCHKEY_API_HOST: apiHost,
  };
}
