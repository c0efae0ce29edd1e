// `npm run identity:rebuild`, `identity:reset`, `identity:generate -- --users 1000 --number 7`: the data of the embedded
// identity server, which must be stopped. Works from a bare checkout.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { checkNode, ensureBuilt, ensureInstalled, root } from './steps.mjs';

checkNode();
await ensureInstalled();
await ensureBuilt();

const command = spawn(
  process.execPath,
  [path.join(root, 'apps/identity/dist/data.js'), ...process.argv.slice(2)],
  // The folder is the one of `npm start`, wherever this was called.
  {
    stdio: 'inherit',
    env: { ...process.env, LATCHKEY_DATA: path.resolve(root, process.env.LATCHKEY_DATA || '.data') },
  },
);
// Ctrl-C reaches the command by itself, and it ends when it has come to a good place to stop.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});
command.once('exit', (code, signal) => {
  process.exitCode = code ?? (signal ? 1 : 0);
});
