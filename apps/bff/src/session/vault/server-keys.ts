import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** Server keys by their id. `current` seals; all of them open. */
export interface ServerKeys {
  readonly current: string;
  /** @throws Error for an id that is not in the file any more: what it sealed is lost. */
  key(kid: string): Buffer;
}

const Key = z.object({ kid: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/), key: z.base64url().length(43) });
const KeyFile = z.object({
  keys: z.tuple([Key], Key),
});

/**
 * Reads a file of keys, or makes it with one key. The first key is the current one: to rotate, put a new one in front,
 * and take the old one out when everything it sealed has expired (sessions: eight hours).
 *
 * @param folder holds the file; outside the database, so that a copy of one is not a copy of the other.
 * @param name of the file, such as `session-keys.json`.
 * @throws Error naming the file when it is not such a file.
 */
export function openServerKeys(folder: string, name: string): ServerKeys {
  const file = join(folder, name);
  const parsed = KeyFile.safeParse(parseJson(readOrCreate(file)));
  if (!parsed.success)
    throw new Error(`${file} is not a file of keys: {"keys":[{"kid":"…","key":"<32 bytes, base64url>"}]}`);
  const [newest] = parsed.data.keys;
  const keys = new Map(parsed.data.keys.map(({ kid, key }) => [kid, Buffer.from(key, 'base64url')]));
  return {
    current: newest.kid,
    key(kid) {
      const key = keys.get(kid);
      if (!key) throw new Error(`${file} has no key ${kid}`);
      return key;
    },
  };
}

function readOrCreate(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const kid = randomBytes(6).toString('base64url');
  const content = JSON.stringify({ keys: [{ kid, key: randomBytes(32).toString('base64url') }] });
  // Written aside and linked: of several first starters one wins, and nobody reads half a file.
  const draft = `${file}.${process.pid}.${kid}`;
  writeFileSync(draft, `${content}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, 'utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
