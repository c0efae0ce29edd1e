import { rmSync } from 'node:fs';
import { readFileIfThere, writePrivateFile } from './private-file.ts';

const heading = '# Written by "npm run connect", read by "npm start". Variables of the environment win over these.';

/** Every variable that is ours to write; lines of others stay. */
const ownNames = [
  'LATCHKEY_ISSUER',
  'LATCHKEY_CLIENT_KEY_FILE',
  'LATCHKEY_PUBLIC_URL',
  'PORT',
  'LATCHKEY_API_URL',
  'LATCHKEY_API_HOST',
];

export type ConnectionVariables = Readonly<Record<string, string | undefined>>;

/** @returns whether the file has exactly these variables of ours. */
export function isWritten(file: string, variables: ConnectionVariables): boolean {
  return readFileIfThere(file) === contentOf(file, variables);
}

/** Writes the variables, leaving lines that somebody else put there. */
export function writeVariables(file: string, variables: ConnectionVariables): void {
  writePrivateFile(file, contentOf(file, variables));
}

/** Takes our variables out, and the file away when nothing else is in it. */
export function removeVariables(file: string): void {
  const others = linesOfOthers(file);
  if (others.length === 0) rmSync(file, { force: true });
  else writePrivateFile(file, `${others.join('\n')}\n`);
}

function contentOf(file: string, variables: ConnectionVariables): string {
  const own = ownNames.flatMap((name) => (variables[name] ? [`${name}=${variables[name]}`] : []));
  return `${[heading, ...own, ...linesOfOthers(file)].join('\n')}\n`;
}

function linesOfOthers(file: string): string[] {
  const isOurs = (line: string) => line === heading || ownNames.some((name) => line.trim().startsWith(`${name}=`));
  return (readFileIfThere(file) ?? '').split('\n').filter((line) => line.trim() !== '' && !isOurs(line));
}
