import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { readServicePat } from './read-service-pat.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-pat-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const logged: string[] = [];
const log = pino({}, { write: (line: string) => void logged.push(line) });
const token = 'x1Yz-abcdefghijklmnop_0123456789';

function fileWith(content: string, mode = 0o600): string {
  const file = join(folder, 'pat');
  writeFileSync(file, content);
  chmodSync(file, mode);
  return file;
}

it('takes what ZITADEL writes, with its line end', () => {
  expect(readServicePat(fileWith(`${token}\n`), log)).toBe(token);
  expect(logged).toEqual([]);
});

it('warns of a file that others can read, without what is in it', () => {
  expect(readServicePat(fileWith(token, 0o644), log)).toBe(token);
  expect(logged.join('')).toContain('chmod 600');
  expect(logged.join('')).not.toContain(token);
});

it.each(['', 'short', `${token} ${token}`, `${token}\nmore`, `{"key": "${token}"}\n{}`, `${token}\u0000`])(
  'refuses %j, naming the file only',
  (content) => {
    const file = fileWith(content);
    expect(() => readServicePat(file, log)).toThrow(`LATCHKEY_SERVICE_PAT_FILE: ${file} does not hold`);
    expect(() => readServicePat(file, log)).not.toThrow(token);
  },
);

it('says which file is not there', () => {
  const file = join(folder, 'none');
  expect(() => readServicePat(file, log)).toThrow(`LATCHKEY_SERVICE_PAT_FILE: ${file} cannot be read (ENOENT)`);
});
