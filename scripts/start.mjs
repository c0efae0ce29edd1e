// `npm start`: from a bare checkout to a running console. Installs, builds, starts the embedded identity server (unless
// LATCHKEY_ISSUER names a real ZITADEL) and the BFF, waits until both answer, and says where to go.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { printPeople } from './print-people.mjs';
import { assertPortFree, startProcess, stopAll, untilReady } from './processes.mjs';
import { checkNode, ensureBuilt, ensureInstalled, refuse, root } from './steps.mjs';

checkNode();
await ensureInstalled();
await ensureBuilt();

const data = path.resolve(root, process.env.LATCHKEY_DATA || '.data');
mkdirSync(data, { recursive: true, mode: 0o700 });
const env = {
  ...readConnection(path.join(data, 'connection.env')),
  ...process.env,
  LATCHKEY_DATA: data,
  NODE_ENV: 'production',
};

const port = portOf('PORT', 3000);
const host = env.HOST || '127.0.0.1';
const publicUrl = env.LATCHKEY_PUBLIC_URL || `http://localhost:${port}`;
const embedded = !env.LATCHKEY_ISSUER;
const identityPort = embedded ? portOf('IDENTITY_PORT', 8080) : undefined;

await assertPortFree(port, host, 'PORT');
if (identityPort) await assertPortFree(identityPort, host, 'IDENTITY_PORT');

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0));
// npm, killed outright, cannot pass a signal on: whoever started us is gone, so we go too.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && stop(0), 500).unref();

if (embedded) await startIdentity();
await startBff();

if (embedded) printPeople(path.join(data, 'identity', 'people.json'), `http://localhost:${identityPort}/outbox`);
console.log(`ready ${publicUrl}`);

async function startIdentity() {
  const issuer = `http://localhost:${identityPort}`;
  startProcess(
    'identity',
    path.join(root, 'apps/identity/dist/main.js'),
    {
      ...env,
      HOST: host,
      IDENTITY_PORT: String(identityPort),
      LATCHKEY_PUBLIC_URL: publicUrl,
    },
    exited,
  );
  await untilReady(`http://${reachable(host)}:${identityPort}/debug/ready`, 'the identity server', () => stopping);
  env.LATCHKEY_ISSUER = issuer;
  env.LATCHKEY_CLIENT_KEY_FILE = path.join(data, 'identity', 'console-application.json');
  delete env.LATCHKEY_CLIENT_ID;
  delete env.LATCHKEY_CLIENT_SECRET_FILE;
}

async function startBff() {
  startProcess(
    'bff',
    path.join(root, 'apps/bff/dist/main.js'),
    {
      ...env,
      HOST: host,
      PORT: String(port),
      LATCHKEY_PUBLIC_URL: publicUrl,
    },
    exited,
  );
  await untilReady(`http://${reachable(host)}:${port}/readyz`, 'the BFF', () => stopping);
}

/** A process of ours ended by itself: its own message is above; nothing runs on half. */
function exited(name, code) {
  if (stopping) return;
  console.error(`latchkey: ${name} stopped by itself (exit code ${code}); stopping everything.`);
  void stop(1);
}

async function stop(code) {
  if (stopping) return;
  stopping = true;
  await stopAll();
  process.exit(code);
}

/** `npm run connect` leaves what it made here; the environment wins over it. */
function readConnection(file) {
  if (!existsSync(file)) return {};
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => /^([A-Z_]+)=(.*)$/.exec(line.trim()));
  return Object.fromEntries(lines.filter(Boolean).map(([, name, value]) => [name, value.replace(/^"(.*)"$/, '$1')]));
}

function portOf(name, fallback) {
  const text = env[name] || String(fallback);
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 65535)
    refuse(`${name} must be a port number, 1 to 65535; it is "${text}".`);
  return value;
}

/** An address to ask on: a server that listens everywhere is asked on this machine. */
function reachable(address) {
  if (address === '0.0.0.0') return '127.0.0.1';
  if (address === '::') return '[::1]';
  return address.includes(':') ? `[${address}]` : address;
}
