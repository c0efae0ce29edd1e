// What `npm start` and `npm test` both need before anything of ours can run: the installed dependencies and the build.
// Node's built-ins only, because nothing is installed yet.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = path.join(root, 'node_modules', '.latchkey-installed');

/** Stops with a sentence a person can act on: no stack. */
export function refuse(sentence) {
  console.error(`latchkey: ${sentence}`);
  process.exit(1);
}

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    refuse(`Node.js 20.19 or newer is needed; this is ${process.versions.node}.`);
  }
}

/**
 * Runs a command in the project's folder and waits for its end.
 * @returns {Promise<{code: number, output: string}>} the output is kept only with `quiet`.
 */
export function run(command, args, { quiet = false, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', ...env },
    });
    let output = '';
    child.stdout?.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      output += chunk;
    });
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code: code ?? (signal ? 1 : 0), output }));
  });
}

/** A tool that is installed in node_modules. */
export const bin = (name) => path.join(root, 'node_modules', '.bin', name);

/** What decides whether the installed dependencies still fit: the lock, which names every workspace's too, and Node's ABI. */
function installStamp() {
  const hash = createHash('sha256').update(`${process.versions.modules} ${process.platform} ${process.arch}\n`);
  return hash.update(readFileSync(path.join(root, 'package-lock.json'))).digest('hex');
}

/** Installs exactly what the lock names, unless that is what is there already. */
export async function ensureInstalled() {
  const stamp = installStamp();
  const isInstalled = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
  if (isInstalled()) return;
  const release = await takeTurn(path.join(root, '.cache', 'installing'));
  if (isInstalled()) return release();
  console.log('Installing dependencies …');
  const { code, output } = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { quiet: true });
  if (code !== 0) {
    console.error(output);
    refuse('the dependencies could not be installed (npm ci failed; its output is above).');
  }
  writeFileSync(stampFile, stamp);
  release();
}

/**
 * Waits for its turn: two installations at once take each other's files away.
 * @param file holds the process whose turn it is; of one that is gone it is taken over.
 * @returns {Promise<() => void>} gives the turn back.
 */
async function takeTurn(file) {
  mkdirSync(path.dirname(file), { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      process.once('exit', () => rmSync(file, { force: true }));
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (isGone(file)) rmSync(file, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

function isGone(file) {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH' || error.code === 'ENOENT';
  }
}

/** Builds what changed since the last build; says nothing when nothing did. */
export async function ensureBuilt() {
  const { code, output } = await run(bin('turbo'), ['run', 'build', '--output-logs=errors-only'], {
    quiet: true,
  });
  if (code !== 0) {
    console.error(output);
    refuse('the build failed; its output is above.');
  }
}
