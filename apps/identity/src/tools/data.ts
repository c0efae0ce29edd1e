import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDataFolder } from '../data/folder.ts';
import { FolderInUse, lockFolder } from '../data/folder-lock.ts';
import { UnknownEvent } from '../store/reduce.ts';
import { rebuild } from './rebuild.ts';
import { terminalReport } from './report.ts';
import { NoFirstStart, reset } from './reset.ts';

/*
 * What an operator does with the data of a stopped server: `node dist/data.js rebuild|reset`, with LATCHKEY_DATA as for
 * the server. Exit codes: 0 done, 1 rebuilt and found different, 2 not done.
 */

const [command, ...more] = process.argv.slice(2);
const path = join(process.env.LATCHKEY_DATA || '.data', 'identity');

async function run(): Promise<number> {
  if (more.length > 0) return refuse(`${more.join(' ')} is not understood`);
  if (!existsSync(join(path, 'identity.db'))) return refuse(`there is no identity server's data in ${path}`);
  const folder = openDataFolder(path);
  const release = await lockFolder(folder);
  try {
    switch (command) {
      case 'rebuild':
        return (await rebuild(folder, terminalReport)).length > 0 ? 1 : 0;
      case 'reset':
        await reset(folder, terminalReport);
        return 0;
      default:
        return refuse('rebuild or reset?');
    }
  } finally {
    await release();
  }
}

function refuse(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 2;
}

try {
  process.exitCode = await run();
} catch (error) {
  const known = error instanceof FolderInUse || error instanceof NoFirstStart || error instanceof UnknownEvent;
  if (!known) throw error;
  process.exitCode = refuse(error.message);
}
