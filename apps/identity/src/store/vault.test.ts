import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hashToken, isTokenOf, openVault } from './vault.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

it('opens what it sealed, for the same purpose and under the same key', () => {
  const sealed = openVault(folder).seal('JBSWY3DPEHPK3PXP', 'totp');
  expect(sealed).not.toContain('JBSWY3DPEHPK3PXP');
  expect(openVault(folder).open(sealed, 'totp')).toBe('JBSWY3DPEHPK3PXP');
  expect(() => openVault(folder).open(sealed, 'outbox')).toThrow();
  const other = mkdtempSync(join(tmpdir(), 'vault-'));
  expect(() => openVault(other).open(sealed, 'totp')).toThrow();
  rmSync(other, { recursive: true });
});

it('seals the same text differently each time and hashes it the same', () => {
  const vault = openVault(folder);
  expect(vault.seal('a', 'x')).not.toBe(vault.seal('a', 'x'));
  expect(vault.mac('12345678', 'code of 1')).toBe(vault.mac('12345678', 'code of 1'));
  expect(vault.mac('12345678', 'code of 1')).not.toBe(vault.mac('12345678', 'code of 2'));
});

it('keeps its key to its owner, and never makes a new one over a broken one', () => {
  openVault(folder);
  const file = join(folder, 'vault.key');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  writeFileSync(file, 'broken');
  expect(() => openVault(folder)).toThrow(/does not hold a key/);
});

it('knows a token by its hash', () => {
  expect(isTokenOf(hashToken('a'), 'a')).toBe(true);
  expect(isTokenOf(hashToken('a'), 'b')).toBe(false);
  expect(isTokenOf('', undefined)).toBe(false);
  expect(isTokenOf('', '')).toBe(false);
});
