// `npm run bench`: measures, side by side with what bounds it, and writes the tables of bench/README.md.
// `npm run bench -- identity --users 1000,1000000` runs one with options of its own.
import path from 'node:path';
import { checkNode, ensureBuilt, ensureInstalled, refuse, root, run } from '../scripts/steps.mjs';

/** Every benchmark: its name and its main file. Each writes its own part of bench/README.md. */
const benches = [
  { name: 'identity', main: 'bench/identity/main.ts' },
  { name: 'bff', main: 'bench/bff/main.ts' },
  { name: 'console', main: 'bench/console/main.ts' },
];

const [wanted, ...options] = process.argv.slice(2);
if (wanted && !benches.some(({ name }) => name === wanted)) {
  refuse(`no such benchmark: ${wanted}. There is ${benches.map(({ name }) => name).join(', ')}.`);
}

checkNode();
await ensureInstalled();
await ensureBuilt();

let failed = 0;
for (const { name, main } of benches) {
  if (wanted && name !== wanted) continue;
  const { code } = await run(process.execPath, ['--import', 'tsx', path.join(root, main), ...options]);
  if (code !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
