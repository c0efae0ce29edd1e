// `npm start`: from a bare checkout to a running console. Installs, builds, starts the embedded identity server (unless
// LATCHKEY_ISSUER names a real ZITADEL) and the BFF, waits until both answer, and says where to go.
import path from 'node:path';
import { printPeople } from './print-people.mjs';
import { assertPortFree, startProcess, stopOnSignals, untilReady } from './processes.mjs';
import { pointToEmbedded, reachable, readSettings } from './settings.mjs';
import { checkNode, ensureBuilt, ensureInstalled, root } from './steps.mjs';

checkNode();
await ensureInstalled();
await ensureBuilt();

const { data, host, identityPort, port, publicUrl, ...settings } = readSettings();
const env = { ...settings.env, NODE_ENV: 'production', HOST: host, LATCHKEY_PUBLIC_URL: publicUrl };

await assertPortFree(port, host, 'PORT');
if (identityPort) await assertPortFree(identityPort, host, 'IDENTITY_PORT');

const supervisor = stopOnSignals();
if (identityPort) await startIdentity();
await startBff();

if (identityPort) printPeople(path.join(data, 'identity', 'people.json'), `http://localhost:${identityPort}/outbox`);
console.log(`ready ${publicUrl}`);

async function startIdentity() {
  const file = path.join(root, 'apps/identity/dist/main.js');
  startProcess('identity', [file], { ...env, IDENTITY_PORT: String(identityPort) }, supervisor.exited);
  const url = `http://${reachable(host)}:${identityPort}/debug/ready`;
  await untilReady(url, 'the identity server', supervisor.isStopping);
  pointToEmbedded(env, data, identityPort);
}

async function startBff() {
  const file = path.join(root, 'apps/bff/dist/main.js');
  startProcess('bff', [file], { ...env, PORT: String(port) }, supervisor.exited);
  await untilReady(`http://${reachable(host)}:${port}/readyz`, 'the BFF', supervisor.isStopping);
}
