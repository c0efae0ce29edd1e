// `npm run connect -- --issuer URL --pat-file FILE`: makes what Latchkey needs at a ZITADEL (docs/connect.md). It runs
// from a bare checkout: installs and builds first, as `npm start` does.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { checkNode, ensureBuilt, ensureInstalled, root } from './steps.mjs';

checkNode();
await ensureInstalled();
await ensureBuilt();

// Files are named from where the operator stands, the data folder from the project, as everywhere.
const child = spawn(process.execPath, [path.join(root, 'apps/bff/dist/connect.js'), ...process.argv.slice(2)], {
  cwd: process.env.INIT_CWD || process.cwd(),
  env: { ...process.env, LATCHKEY_DATA: path.resolve(root, process.env.LATCHKEY_DATA || '.data') },
  stdio: 'inherit',
});
child.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
