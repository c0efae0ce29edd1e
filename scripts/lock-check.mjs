// Every optional dependency that the lock names must have an entry of its own, or `npm ci` fails with EUSAGE on the
// platform that lacks it. npm drops such entries silently when a registry does not hold a platform's package.
import { readFileSync } from 'node:fs';

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const entries = new Set(Object.keys(lock.packages));

/** Whether `name` resolves from the package at `path`, as Node looks it up: outwards through node_modules. */
function resolves(path, name) {
  for (let from = path; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    if (entries.has(`${from ? `${from}/` : ''}node_modules/${name}`)) return true;
    if (!from) return false;
  }
}

const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
  Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !resolves(path, name))
    .map((name) => `${path} names ${name}, which the lock does not hold`),
);
const addresses = Object.entries(lock.packages).filter(([, entry]) => /^https?:/.test(entry.resolved ?? ''));
for (const [path] of addresses) missing.push(`${path} records a download address`);

if (missing.length > 0) {
  console.error(missing.join('\n'));
  process.exit(1);
}
