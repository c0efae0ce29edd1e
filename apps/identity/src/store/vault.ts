import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Keeps secrets out of plain columns: seals what must be read again (TOTP secrets, messages), and hashes with a key what
 * is only compared (short codes, which a plain hash would not protect).
 */
export interface Vault {
  /** AES-256-GCM. `purpose` is bound to the result: what was sealed for one purpose does not open for another. */
  seal(plain: string, purpose: string): string;
  /** @throws Error when the text was changed, sealed under another key, or for another purpose. */
  open(sealed: string, purpose: string): string;
  /** HMAC-SHA-256, base64url. */
  mac(text: string, purpose: string): string;
}

/** @param key 32 bytes. */
export function createVault(key: Buffer): Vault {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', key, '', `latchkey identity ${use}`, 32));
  const sealing = derive('seal');
  const hashing = derive('mac');
  return {
    seal(plain, purpose) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce);
      cipher.setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed, purpose) {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, 12));
      decipher.setAAD(Buffer.from(purpose));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
    mac: (text, purpose) => createHmac('sha256', hashing).update(`${purpose}\0${text}`).digest('base64url'),
  };
}

/** SHA-256, base64url: enough for tokens, which are long and random. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Whether the token is the one that this hash was made of. */
export function isTokenOf(hash: string, token: string | undefined): boolean {
  if (!token || !hash) return false;
  const given = Buffer.from(hashToken(token));
  const expected = Buffer.from(hash);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * The vault of a data folder; its key is made on first use, in `vault.key`, readable by the owner only.
 *
 * @throws Error when the file is not a key: a new one would make every secret unreadable, so none is made.
 */
export function openVault(folder: string): Vault {
  const file = join(folder, 'vault.key');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
  if (key.length !== 32) throw new Error(`${file} does not hold a key of 32 bytes`);
  return createVault(key);
}
