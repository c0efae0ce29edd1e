// Finds a Chromium for the end-to-end tests, or installs one: no browser is ever downloaded from a vendor's site.
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './steps.mjs';

const debian = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Whether a browser starts at all: a file alone may lack its libraries. */
async function starts(file, env = {}) {
  if (!file || !existsSync(file)) return false;
  const { code } = await run(file, ['--version', '--no-sandbox'], { quiet: true, env }).catch(() => ({ code: 1 }));
  return code === 0;
}

async function fromDebian() {
  for (const file of debian) if (await starts(file)) return { path: file };
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  console.log('Installing Chromium from Debian …');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { quiet: true, env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { quiet: true, env });
  return (await starts('/usr/bin/chromium')) ? { path: '/usr/bin/chromium' } : undefined;
}

async function fromPlaywright() {
  const { chromium } = await import('@playwright/test');
  const file = chromium.executablePath();
  return (await starts(file)) ? { path: file } : undefined;
}

/** The browser inside an npm package. Where the system lacks its libraries, the package's own copies are unpacked. */
async function fromPackage() {
  const { default: bundled } = await import('@sparticuz/chromium');
  const file = await bundled.executablePath();
  if (await starts(file)) return { path: file };
  rmSync(path.join(tmpdir(), 'chromium'), { force: true });
  Object.assign(process.env, { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x', AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' });
  const unpacked = await bundled.executablePath();
  const env = {
    LD_LIBRARY_PATH: [path.join(tmpdir(), 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
  };
  return (await starts(unpacked, env)) ? { path: unpacked, env } : undefined;
}

/**
 * @returns {Promise<{path: string, env?: Record<string, string>}>} the browser, and what its process needs to find its libraries.
 * @throws when there is none and none can be installed, with what to do.
 */
export async function ensureBrowser() {
  if (process.env.CHROMIUM_PATH) {
    if (await starts(process.env.CHROMIUM_PATH)) return { path: process.env.CHROMIUM_PATH };
    throw new Error(`CHROMIUM_PATH names ${process.env.CHROMIUM_PATH}, which does not start.`);
  }
  for (const find of [fromDebian, fromPlaywright, fromPackage]) {
    const found = await find().catch((error) => {
      console.error(`  ${find.name}: ${error.message}`);
      return undefined;
    });
    if (found) return found;
  }
  throw new Error('No Chromium was found and none could be installed. Set CHROMIUM_PATH to one.');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log((await ensureBrowser()).path);
