import { randomInt } from 'node:crypto';
import { readClientIdentity } from '../session/provider/client-authentication.ts';
import { type ApplicationKey, addKey, listKeys, removeKey } from '../zitadel/applications/application-keys.ts';
import { readUntil } from '../zitadel/read/read-until.ts';
import type { ConnectedApplication } from './application-step.ts';
import type { ConnectWork } from './connect-work.ts';
import { readFileIfThere, writePrivateFile } from './private-file.ts';

// Until 2098: a key that ends by itself ends everybody's sign-in with it. It is changed by hand (docs/connect.md).
const latestExpiry = Date.UTC(2098, 0, 1);
const spread = 365 * 86_400_000;

/**
 * The application's key, in its file. ZITADEL gives a key once, and a kill may come between its answer and our file;
 * so a key is asked for with an end of its own, written down before, by which the next run finds and removes it.
 *
 * @throws ConnectError, UpstreamFault
 */
export async function ensureKey(
  work: ConnectWork,
  projectId: string,
  application: ConnectedApplication,
): Promise<void> {
  const { zitadel, caller, record, files, dryRun, say } = work;
  const place = { projectId, appId: application.id };
  const fileKeyId = await readKeyId(files.key, application.clientId);
  const known = record.current?.key;
  const isOurs = (key: ApplicationKey) =>
    key.id === fileKeyId || key.id === known?.id || key.expires === known?.expires;
  const hasOurs = (keys: readonly ApplicationKey[]) => keys.some(isOurs);
  // What was made in the last second is perhaps not read yet.
  const read = () => listKeys(zitadel, caller, place);
  const keys = fileKeyId !== undefined || known ? await readUntil(read, hasOurs) : await read();
  if (keys.some(({ id }) => id === fileKeyId)) {
    say('there', `key ${fileKeyId} in ${files.key}`);
    return;
  }
  if (dryRun) {
    say('would make', `key in ${files.key}`);
    return;
  }
  for (const { id } of keys.filter(isOurs)) {
    await removeKey(zitadel, caller, place, id);
    say('removed', `key ${id}, whose file is missing`);
  }
  const expires = latestExpiry + randomInt(spread);
  record.write({ key: { expires } });
  const { id, file } = await addKey(zitadel, caller, place, expires);
  writePrivateFile(files.key, `${file}\n`);
  record.write({ key: { expires, id } });
  // Fails now rather than at the BFF's start.
  await readClientIdentity({ kind: 'privateKey', keyFile: files.key, clientId: application.clientId });
  say('made', `key ${id} in ${files.key} (readable by you only)`);
}

/** @returns the id of the key in the file, if it is this application's and whole. */
async function readKeyId(keyFile: string, clientId: string): Promise<string | undefined> {
  const text = readFileIfThere(keyFile);
  if (text === undefined) return undefined;
  try {
    await readClientIdentity({ kind: 'privateKey', keyFile, clientId });
    const { keyId } = JSON.parse(text) as { keyId: string };
    return keyId;
  } catch {
    return undefined;
  }
}
