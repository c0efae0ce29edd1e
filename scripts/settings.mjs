// What the root commands are told by the environment and by what `npm run connect` left in the data folder.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { refuse, root } from './steps.mjs';

/**
 * Reads them, and makes the data folder.
 *
 * @returns `env` for the processes; `identityPort` only where the embedded server is to be started.
 */
export function readSettings() {
  const data = path.resolve(root, process.env.LATCHKEY_DATA || '.data');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const env = { ...readConnection(path.join(data, 'connection.env')), ...process.env, LATCHKEY_DATA: data };
  const port = portOf(env, 'PORT', 3000);
  return {
    env,
    data,
    port,
    host: env.HOST || '127.0.0.1',
    publicUrl: env.LATCHKEY_PUBLIC_URL || `http://localhost:${port}`,
    identityPort: env.LATCHKEY_ISSUER ? undefined : portOf(env, 'IDENTITY_PORT', 8080),
  };
}

/**
 * What the BFF has to be told to take the embedded server, which is ready, for its ZITADEL, and its outbox for the mail
 * server. A variable that is set, be it to nothing, stays as it is.
 */
export function pointToEmbedded(env, data, identityPort) {
  env.LATCHKEY_ISSUER = `http://localhost:${identityPort}`;
  env.LATCHKEY_CLIENT_KEY_FILE = path.join(data, 'identity', 'console-application.json');
  delete env.LATCHKEY_CLIENT_ID;
  delete env.LATCHKEY_CLIENT_SECRET_FILE;
  env.LATCHKEY_SERVICE_PAT_FILE ??= path.join(data, 'identity', 'login-client.pat');
  env.LATCHKEY_SMTP_URL ??= readFileSync(path.join(data, 'identity', 'smtp.url'), 'utf8').trim();
}

/** An address to ask on: a server that listens everywhere is asked on this machine. */
export function reachable(address) {
  if (address === '0.0.0.0') return '127.0.0.1';
  if (address === '::') return '[::1]';
  return address.includes(':') ? `[${address}]` : address;
}

/** `npm run connect` leaves what it made here; the environment wins over it. */
function readConnection(file) {
  if (!existsSync(file)) return {};
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => /^([A-Z_]+)=(.*)$/.exec(line.trim()));
  return Object.fromEntries(lines.filter(Boolean).map(([, name, value]) => [name, value.replace(/^"(.*)"$/, '$1')]));
}

function portOf(env, name, fallback) {
  const text = env[name] || String(fallback);
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 65535)
    refuse(`${name} must be a port number, 1 to 65535; it is "${text}".`);
  return value;
}
