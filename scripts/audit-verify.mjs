// `npm run audit:verify`: whether the audit is as it was written (docs/operate.md). Works from a bare checkout, and while
// Latchkey runs.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { checkNode, ensureBuilt, ensureInstalled, root } from './steps.mjs';

checkNode();
await ensureInstalled();
await ensureBuilt();

const command = spawn(process.execPath, [path.join(root, 'apps/bff/dist/audit-verify.js')], {
  stdio: 'inherit',
  env: { ...process.env, LATCHKEY_DATA: path.resolve(root, process.env.LATCHKEY_DATA || '.data') },
});
command.once('exit', (code, signal) => {
  process.exitCode = code ?? (signal ? 1 : 0);
});
