// `npm run dev`: everything with reload on change. The identity server and the BFF start again when a file of theirs
// changes; the page is Vite's, on the public port, and changes in place.
import { createServer as createProbe } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { printPeople } from './print-people.mjs';
import { assertPortFree, startProcess, stopOnSignals, untilReady } from './processes.mjs';
import { pointToEmbedded, reachable, readSettings } from './settings.mjs';
import { checkNode, ensureInstalled, root } from './steps.mjs';

checkNode();
await ensureInstalled();

const { data, host, identityPort, port, publicUrl, ...settings } = readSettings();
const env = { ...settings.env, NODE_ENV: 'development', HOST: host, LATCHKEY_PUBLIC_URL: publicUrl };

await assertPortFree(port, host, 'PORT');
if (identityPort) await assertPortFree(identityPort, host, 'IDENTITY_PORT');

let page;
const supervisor = stopOnSignals(() => page?.close());
if (identityPort) await startIdentity();
const bff = await startBff();
page = await startPage(bff);

if (identityPort) printPeople(path.join(data, 'identity', 'people.json'), `http://localhost:${identityPort}/outbox`);
console.log(`ready ${publicUrl}`);

async function startIdentity() {
  watch('identity', { ...env, IDENTITY_PORT: String(identityPort) });
  const url = `http://${reachable(host)}:${identityPort}/debug/ready`;
  await untilReady(url, 'the identity server', supervisor.isStopping);
  pointToEmbedded(env, data, identityPort);
}

/** The BFF is behind the page's server, on a port that nobody has to know. @returns its origin. */
async function startBff() {
  const hidden = await freePort();
  watch('bff', { ...env, HOST: '127.0.0.1', PORT: String(hidden) });
  await untilReady(`http://127.0.0.1:${hidden}/readyz`, 'the BFF', supervisor.isStopping);
  return `http://127.0.0.1:${hidden}`;
}

async function startPage(bff) {
  process.env.LATCHKEY_DEV_BFF = bff;
  const { createServer } = await import('vite');
  const server = await createServer({ root: path.join(root, 'apps/console'), server: { host, port } });
  return await server.listen();
}

/** Starts an app by tsx, which starts it again when a file that it imports changes. */
function watch(name, environment) {
  const endWithParent = pathToFileURL(path.join(root, 'scripts/end-with-parent.mjs')).href;
  const tsx = path.join(root, 'node_modules/tsx/dist/cli.mjs');
  const main = path.join(root, 'apps', name, 'src/main.ts');
  const args = ['--import', endWithParent, tsx, 'watch', '--clear-screen=false', main];
  startProcess(name, args, environment, supervisor.exited);
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createProbe().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
}
