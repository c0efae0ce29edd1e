import { readFileSync, statSync } from 'node:fs';
import type { Logger } from 'pino';

/**
 * Reads the service account's personal access token. ZITADEL writes such files readable by everybody, so that is worth a
 * warning and no more.
 *
 * @param file what LATCHKEY_SERVICE_PAT_FILE says.
 * @throws Error naming the file, never what is in it.
 */
export function readServicePat(file: string, log: Logger): string {
  const token = readToken(file);
  // It becomes a header: anything else is another file, or one that was cut.
  if (!/^[\x21-\x7e]{10,4000}$/.test(token)) {
    throw new Error(`LATCHKEY_SERVICE_PAT_FILE: ${file} does not hold a personal access token and nothing else`);
  }
  if ((statSync(file).mode & 0o077) !== 0) {
    log.warn({ file }, 'the token of the service account can be read by others: chmod 600');
  }
  return token;
}

function readToken(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Error(`LATCHKEY_SERVICE_PAT_FILE: ${file} cannot be read (${code})`);
  }
}
