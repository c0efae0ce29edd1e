import { ConnectFault } from './connect-fault.ts';
import type { Say } from './connect-work.ts';
import { readArguments, usage } from './read-arguments.ts';
import { runConnect } from './run-connect.ts';

// `npm run connect`: what it made goes to the standard output, a thing at a line; faults go to the standard error.
const say: Say = (outcome, what) => process.stdout.write(`${outcome.padEnd(13)}${what}\n`);

try {
  const wanted = readArguments(process.argv.slice(2), process.env);
  if (!wanted) {
    process.stdout.write(usage);
  } else {
    await runConnect(wanted, say);
    if (wanted.dryRun) process.stdout.write('\nThis was a dry run: nothing was changed.\n');
    else if (!wanted.remove) process.stdout.write(`\nConnected. "npm start" serves ${wanted.publicUrl} now.\n`);
  }
} catch (error) {
  const text = error instanceof ConnectFault ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`latchkey: ${text}\n`);
  process.exitCode = 1;
}
// Kept connections of the clients would hold the process for their idle time.
process.exit();
