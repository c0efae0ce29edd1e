import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder that holds everything the server keeps; what lies in it can authenticate, so only its owner reads it. */
export interface DataFolder {
  readonly path: string;
  /** The absolute path of a file in the folder. */
  file(name: string): string;
  /** The text of a file, or undefined when there is none. */
  read(name: string): string | undefined;
  /** Writes a file of mode 0600 in one step: a reader sees the old text or the new one, never half of it. */
  write(name: string, text: string): void;
}

/** Opens the folder, made with mode 0700 if need be. */
export function openDataFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  const file = (name: string) => join(path, name);
  return {
    path,
    file,
    read: (name) => readIfThere(file(name)),
    write(name, text) {
      const draft = file(`${name}.draft`);
      writeFileSync(draft, text, { mode: 0o600 });
      chmodSync(draft, 0o600);
      renameSync(draft, file(name));
    },
  };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw cause;
  }
}
