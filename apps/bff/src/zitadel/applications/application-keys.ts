import { timestampFromMs, timestampMs } from '@bufbuild/protobuf/wkt';
import { KeyType } from '@zitadel/proto/zitadel/auth_n_key_pb.js';
import type { AsCaller } from '../caller.ts';
import type { Zitadel } from '../client.ts';
import { isNotFound } from './projects.ts';

export interface ApplicationPlace {
  readonly projectId: string;
  readonly appId: string;
}

export interface ApplicationKey {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** @throws ConnectError */
export async function listKeys(
  { management }: Zitadel,
  caller: AsCaller,
  place: ApplicationPlace,
): Promise<ApplicationKey[]> {
  const { result } = await management.listAppKeys({ ...place, query: { limit: 1000 } }, caller);
  return result.map(({ id, expirationDate }) => ({ id, expires: expirationDate ? timestampMs(expirationDate) : 0 }));
}

/**
 * Makes a key. ZITADEL gives its private half once, in this answer.
 *
 * @param expires milliseconds since 1970.
 * @returns its id and the file, as ZITADEL's console would have offered it for download.
 * @throws ConnectError
 */
export async function addKey(
  { management }: Zitadel,
  caller: AsCaller,
  place: ApplicationPlace,
  expires: number,
): Promise<{ readonly id: string; readonly file: string }> {
  const request = { ...place, type: KeyType.JSON, expirationDate: timestampFromMs(expires) };
  const { id, keyDetails } = await management.addAppKey(request, caller);
  return { id, file: new TextDecoder().decode(keyDetails) };
}

/** One that is gone already is no fault. @throws ConnectError */
export async function removeKey(
  { management }: Zitadel,
  caller: AsCaller,
  place: ApplicationPlace,
  keyId: string,
): Promise<void> {
  try {
    await management.removeAppKey({ ...place, keyId }, caller);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
