import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigurationError } from '@latchkey/env/parse-environment';
import { type IdentityConfiguration, readConfiguration } from '../config.ts';
import { type DataFolder, openDataFolder } from '../data/folder.ts';
import { FolderInUse, lockFolder } from '../data/folder-lock.ts';
import { prepareInstance } from '../seed/first-start.ts';
import { UnknownEvent } from '../store/reduce.ts';
import { generate } from './generate.ts';
import { rebuild } from './rebuild.ts';
import { terminalReport } from './report.ts';
import { NoFirstStart, reset } from './reset.ts';

/*
 * What an operator does with the data of a stopped server, which is found by the same environment as the server's:
 *
 *   node dist/data.js rebuild | reset | generate --users 100000 --number 7    [--data .data]
 *
 * Exit codes: 0 done, 1 rebuilt and found different, or stopped half-way, 2 not done.
 */

/** A command line that says nothing we understand. */
class BadUsage extends Error {}

function readCommandLine() {
  try {
    const options = { users: { type: 'string' }, number: { type: 'string' }, data: { type: 'string' } } as const;
    return parseArgs({ options, allowPositionals: true });
  } catch (cause) {
    throw new BadUsage(cause instanceof Error ? cause.message : String(cause));
  }
}

function wholeNumber(name: string, text: string | undefined, least: number, most: number): number {
  const value = Number(text);
  if (text !== undefined && /^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new BadUsage(`--${name} must be a whole number, ${least} to ${most}`);
}

async function run(): Promise<number> {
  const { values, positionals } = readCommandLine();
  const [command, ...more] = positionals;
  if (more.length > 0) throw new BadUsage(`${more.join(' ')} is not understood`);
  const configuration = readConfiguration({ ...process.env, ...(values.data && { LATCHKEY_DATA: values.data }) });
  switch (command) {
    case 'rebuild':
      return onFolder(configuration, async (folder) => ((await rebuild(folder, terminalReport)).length > 0 ? 1 : 0));
    case 'reset':
      return onFolder(configuration, async (folder) => {
        await reset(folder, terminalReport);
        return 0;
      });
    case 'generate': {
      const options = {
        users: wholeNumber('users', values.users, 1, 1_000_000),
        number: wholeNumber('number', values.number ?? '1', 0, 999_999),
      };
      await prepareInstance(configuration, `http://localhost:${configuration.port}`);
      return onFolder(configuration, async (folder) => ((await generate(folder, terminalReport, options)) ? 0 : 1));
    }
    default:
      throw new BadUsage('rebuild, reset or generate?');
  }
}

/** Runs a command on the server's folder, which is nobody else's meanwhile. */
async function onFolder(
  { folder: path }: IdentityConfiguration,
  act: (folder: DataFolder) => Promise<number>,
): Promise<number> {
  if (!existsSync(join(path, 'identity.db'))) throw new BadUsage(`there is no identity server's data in ${path}`);
  const folder = openDataFolder(path);
  const release = await lockFolder(folder);
  try {
    return await act(folder);
  } finally {
    await release();
  }
}

const KNOWN = [BadUsage, ConfigurationError, FolderInUse, NoFirstStart, UnknownEvent];

try {
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof Error && KNOWN.some((kind) => error instanceof kind))) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
