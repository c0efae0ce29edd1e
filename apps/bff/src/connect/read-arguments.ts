import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigurationError, parseEnvironment } from '@latchkey/env/parse-environment';
import { isLocalHost, isLoopbackHost, origin, portNumber } from '@latchkey/env/variables';
import * as z from 'zod';
import { ConnectFault } from './connect-fault.ts';
import { readFileIfThere } from './private-file.ts';

/** What the operator asked for. Origins have no slash at the end, folders and files are absolute. */
export interface ConnectArguments {
  readonly issuer: string;
  readonly token: string;
  readonly publicUrl: string;
  readonly dryRun: boolean;
  readonly remove: boolean;
  readonly data: string;
  readonly apiUrl: string | undefined;
  readonly apiHost: string | undefined;
}

export const usage = `Connects Latchkey to a ZITADEL: makes a project, an application and its key there, and writes what "npm start" reads.

  npm run connect -- --issuer URL --pat-file FILE [--public-url URL] [--dry-run] [--remove]

  --issuer URL       ZITADEL's address, such as https://login.example.com
  --pat-file FILE    a personal access token of somebody with ORG_OWNER or IAM_OWNER; used now, not kept
  --public-url URL   where people will open Latchkey; default http://localhost:3000
  --dry-run          only says what it would do
  --remove           takes back what it made
`;

const options = {
  issuer: { type: 'string' },
  'pat-file': { type: 'string' },
  'public-url': { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  remove: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/**
 * Reads the command line, and from the environment `LATCHKEY_DATA`, `LATCHKEY_PUBLIC_URL`, `PORT`, `LATCHKEY_API_URL`
 * and `LATCHKEY_API_HOST`.
 *
 * @returns undefined when help was asked for.
 * @throws ConnectFault naming every fault at once.
 */
export function readArguments(
  line: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ConnectArguments | undefined {
  const values = parseLine(line);
  if (values.help) return undefined;
  const faults: string[] = [];
  const known = collect(faults, () => parseEnvironment(shape, environment));
  const given = collect(faults, () =>
    parseEnvironment(flags, { '--issuer': values.issuer, '--public-url': values['public-url'] }),
  );
  const token = readToken(values['pat-file'], faults);
  const issuer = given?.['--issuer'];
  const publicUrl =
    given?.['--public-url'] ?? known?.LATCHKEY_PUBLIC_URL ?? `http://localhost:${environment.PORT || 3000}`;
  for (const [name, url] of [
    ['--issuer', issuer],
    ['LATCHKEY_API_URL', known?.LATCHKEY_API_URL],
  ] as const) {
    if (url && !isProtected(url, isLocalHost)) faults.push(`${name}: must be https; the token would go in the clear`);
  }
  if (!isProtected(publicUrl, isLoopbackHost)) {
    faults.push('--public-url: must be https, or http on localhost: elsewhere browsers refuse the session cookie');
  }
  if (!known || !issuer || !token || faults.length > 0) throw new ConnectFault(faults.join('\n'));
  return {
    issuer,
    token,
    publicUrl,
    dryRun: values['dry-run'],
    remove: values.remove,
    data: resolve(known.LATCHKEY_DATA),
    apiUrl: known.LATCHKEY_API_URL,
    apiHost: known.LATCHKEY_API_HOST,
  };
}

const shape = {
  LATCHKEY_DATA: z.string().default('.data'),
  LATCHKEY_PUBLIC_URL: origin().optional(),
  PORT: portNumber().optional(),
  LATCHKEY_API_URL: origin().optional(),
  LATCHKEY_API_HOST: z.string().optional(),
};

const flags = {
  '--issuer': z.string({ error: "is required: ZITADEL's address, such as https://login.example.com" }).pipe(origin()),
  '--public-url': origin().optional(),
};

function parseLine(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw new ConnectFault(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function readToken(file: string | undefined, faults: string[]): string | undefined {
  if (!file) {
    faults.push('--pat-file: is required: a file with a personal access token');
    return undefined;
  }
  try {
    const token = readFileIfThere(resolve(file))?.trim();
    if (token === undefined) faults.push(`--pat-file: there is no file ${file}`);
    else if (!/^[\x21-\x7e]{10,2000}$/.test(token)) faults.push(`--pat-file: ${file} is not a personal access token`);
    else return token;
  } catch {
    faults.push(`--pat-file: ${file} cannot be read`);
  }
  return undefined;
}

function isProtected(url: string, isNear: (hostname: string) => boolean): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || isNear(hostname);
}

function collect<Value>(faults: string[], read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    faults.push(...error.faults);
    return undefined;
  }
}
