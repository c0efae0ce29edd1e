// `npm run soak`: what takes too long for `npm test`, which has a short form of each. `npm run soak -- identity-kills`
// runs one; names that are not in the list are refused.
import path from 'node:path';
import { ensureBrowser } from './ensure-browser.mjs';
import { bin, checkNode, ensureBuilt, ensureInstalled, refuse, root, run } from './steps.mjs';

const tsx = ['--import', 'tsx'];
const identity = path.join(root, 'apps/identity');

/** Every soak: its name, and what it runs. Each ends with exit code 0 when all was well. */
const soaks = [
  {
    name: 'identity-kills',
    what: 'the identity server is killed 50 times in the midst of changes, and loses none that it acknowledged',
    command: [...tsx, path.join(identity, 'src/testing/kills/soak.ts'), path.join(identity, 'dist/main.js'), '50'],
  },
  {
    name: 'reset-interrupted',
    what: 'the BFF is killed at each step of a reset, which ends as if nothing had been',
    command: [bin('playwright'), 'test', '--project=v2', 'reset-interrupted'],
    inBrowser: true,
  },
  {
    name: 'postgres',
    what: 'the tests of all that the BFF keeps, on PostgreSQL',
    command: [bin('tsx'), 'scripts/test-on-postgres.ts'],
    env: { PATH: `${path.dirname(bin('vitest'))}${path.delimiter}${process.env.PATH}` },
  },
  {
    name: 'three',
    what: 'the end-to-end tests on three BFFs and one PostgreSQL, with one of them killed before each test',
    command: [bin('playwright'), 'test', '--project=three'],
    inBrowser: true,
  },
];

/** Tests run in full, and start what was built. */
const soakEnv = { LATCHKEY_SOAK: '1', LATCHKEY_TEST_BUILT: '1' };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !soaks.some((soak) => soak.name === name));
if (unknown.length > 0) {
  refuse(`no such soak: ${unknown.join(', ')}. There is ${soaks.map(({ name }) => name).join(', ')}.`);
}

checkNode();
await ensureInstalled();
await ensureBuilt();

let failed = 0;
for (const { name, what, command, env = {}, inBrowser = false } of soaks) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n— ${name}: ${what}`);
  const { code } = await run(process.execPath, command, {
    env: { ...soakEnv, ...env, ...(inBrowser ? await browserEnv() : {}) },
  });
  console.log(code === 0 ? `${name}: good` : `${name}: FAILED`);
  if (code !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);

async function browserEnv() {
  const browser = await ensureBrowser().catch((error) => refuse(error.message));
  return { ...browser.env, CHROMIUM_PATH: browser.path };
}
